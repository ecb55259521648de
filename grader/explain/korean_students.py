"""What the students' commands say, in Korean: by the English template (see `say`)."""

from __future__ import annotations

from typing import Final

STUDENTS: Final = {
    # `grader check`
    "pass": "통과",
    "FAIL": "실패",
    "cannot grade": "채점 불가",
    "ERROR": "오류",
    "real run": "실제 실행",
    "did not come to run": "실행되지 않음",
    "{count} schedule": "스케줄 {count}개",
    "{count} schedules": "스케줄 {count}개",
    "all schedules, {count} schedule run": "모든 스케줄, {count}개 실행",
    "all schedules, {count} schedules run": "모든 스케줄, {count}개 실행",
    "{passed} of {count} checks pass": "검사 {count}개 중 {passed}개 통과",
    "all {count} checks pass": "검사 {count}개 모두 통과",
    "What is checked here passes. Whoever grades it checks more, and in other numbers.": "여기서 검사하는 것은 모두 통과했습니다. 실제 채점에서는 더 많은 것을, 다른 숫자로 검사합니다.",
    "Do you want a hint? `{hint}` gives one.": "힌트 보기: `{hint}`",
    "`{story}` shows the schedule in which it goes wrong, `{hint}` gives a hint.": "잘못되는 스케줄 보기: `{story}`. 힌트 보기: `{hint}`",
    "{path} cannot be read: {why}.": "{path:을} 읽을 수 없습니다: {why}.",
    "All {count} exercises pass.": "연습문제 {count}개가 모두 통과했습니다.",
    # `grader hint`
    "{exercise} {title}: hint {number} of {count}": "{exercise} {title}: 힌트 {number}/{count}",
    "No hint has been shown yet: `{hint}` shows the first one.": "아직 본 힌트가 없습니다. 첫 번째 힌트 보기: `{hint}`",
    "`{hint}` shows the next one, `{again}` those so far.": "다음 힌트 보기: `{hint}`. 지금까지 본 힌트 다시 보기: `{again}`",
    "That is the last one; `{hint}` shows all of them.": "이것이 마지막 힌트입니다. 모든 힌트 보기: `{hint}`",
    "There are no hints for {exercise}.": "{exercise}에는 힌트가 없습니다.",
    # `grader progress`
    "exercise": "연습문제",
    "checks": "검사",
    "since": "언제부터",
    "hints": "힌트",
    "{shown} of {count}": "{count}개 중 {shown}개",
    "{passing} of {count} exercises pass.": "연습문제 {count}개 중 {passing}개가 통과했습니다.",
    "not checked yet": "아직 검사하지 않음",
    "{passed} of {count} pass": "{count}개 중 {passed}개 통과",
    "cannot be graded": "채점할 수 없음",
    "(changed since then)": "(그 뒤로 바뀜)",
    # `grader watch`
    "── checking {path} ──": "── {path} 검사 중 ──",
    "Waiting for it.": "파일이 다시 생기기를 기다립니다.",
    "The check ended without a result: {why}.": "검사가 결과 없이 끝났습니다: {why}.",
    "Save {path} to check it again.": "{path:을} 저장하면 다시 검사합니다.",
    "Keys: h hint, r check again, n next exercise, p progress, q quit.": "키: h 힌트, r 다시 검사, n 다음 연습문제, p 진행 상황, q 종료.",
    "There is no other exercise that does not pass yet.": "아직 통과하지 못한 다른 연습문제가 없습니다.",
    # What could not be remembered
    "Progress is not remembered: {path} cannot be read ({why}). {variable} can name another file.": "진행 상황을 기억하지 못합니다. {path:을} 읽을 수 없습니다({why}). 환경 변수 {variable:으로} 다른 파일을 정할 수 있습니다.",
    "Progress is not remembered: {path} cannot be written ({why}). {variable} can name another file.": "진행 상황을 기억하지 못합니다. {path:을} 쓸 수 없습니다({why}). 환경 변수 {variable:으로} 다른 파일을 정할 수 있습니다.",
    "{path} is not a file of progress ({why}), so nothing is known from it.": "{path:은} 진행 상황 파일이 아니어서({why}) 아무것도 알 수 없습니다.",
    "{path} was not a file of progress ({why}). It is kept as {aside}, and progress begins anew.": "{path:은} 진행 상황 파일이 아니었습니다({why}). 그 파일은 {aside:으로} 남겨 두었고, 진행 상황은 새로 시작합니다.",
}  # fmt: skip
