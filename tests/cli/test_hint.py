"""`grader hint`: each call shows one more."""

from __future__ import annotations

import pytest

from grader.cli.files import UsageError
from grader.cli.hint import run_hint
from tests.cli.students import Student, printed


def shown(student: Student, *level: int, language: str = "en", **options: bool) -> list[str]:
    """The headings of the hints that a call shows, and its last line."""
    work = student.work(language)
    run_hint(work, work.course.find("05"), *level, **options)
    lines = printed(work).splitlines()
    return [line for line in lines if line.startswith("05 ")] + lines[-1:]


def test_each_call_shows_one_more(student: Student) -> None:
    """In their order; when there are no more, the last one again."""
    more = "`grader hint 05` shows the next one, `grader hint 05 --again` those so far."
    assert ["05 Bank transfer: hint 1 of 3", more] == shown(student)
    assert ["05 Bank transfer: hint 2 of 3", more] == shown(student)
    assert ["05 Bank transfer: hint 3 of 3", ""] == shown(student)
    last = "That is the last one; `grader hint 05 --all` shows all of them."
    assert ["05 Bank transfer: hint 3 of 3", last] == shown(student)


def test_hints_so_far_are_shown_again_without_a_new_one(student: Student) -> None:
    """And where there are none yet, that is said."""
    assert ["No hint has been shown yet: `grader hint 05` shows the first one."] == shown(
        student, again=True
    )
    for _ in range(2):
        shown(student)
    both = ["05 Bank transfer: hint 1 of 3", "05 Bank transfer: hint 2 of 3"]
    assert both == shown(student, again=True)[:-1]
    assert ["05 Bank transfer: hint 3 of 3"] == shown(student)[:-1]


def test_a_level_or_all_of_them_can_be_asked_for(student: Student) -> None:
    """What was seen in this way counts as seen."""
    assert ["05 Bank transfer: hint 2 of 3"] == shown(student, 2)[:-1]
    assert ["05 Bank transfer: hint 3 of 3"] == shown(student)[:-1]
    assert 4 == len(shown(student, everything=True))


def test_hints_are_in_korean_where_asked_for(student: Student) -> None:
    """The hint as well as what is said about it."""
    work = student.work("ko")
    run_hint(work, work.course.find("05"))
    text = printed(work)
    assert text.startswith("05 계좌 이체: 힌트 1/3\na에서 b로 가는 이체와")
    assert text.endswith(
        "다음 힌트 보기: `grader hint 05`. 지금까지 본 힌트 다시 보기: `grader hint 05 --again`\n"
    )


def test_a_hint_that_there_is_not_is_a_wrong_call(student: Student) -> None:
    """The sentence says which there are, and nothing is remembered."""
    with pytest.raises(UsageError, match="05_bank_transfer has hints 1 to 3; there is no hint 4"):
        shown(student, 4)
    with pytest.raises(UsageError, match="--level, --all and --again cannot be combined"):
        shown(student, 1, everything=True)
    assert {} == student.work().store.read().exercises


def test_exercise_may_have_no_hints(student: Student) -> None:
    """Which is said, and nothing is remembered."""
    work = student.work()
    exercise = work.course.find("05")
    exercise.metadata.hints.en.clear()
    run_hint(work, exercise)
    assert "There are no hints for 05_bank_transfer.\n" == printed(work)
    assert {} == work.store.read().exercises


def test_hint_is_shown_where_nothing_can_be_remembered(student: Student) -> None:
    """And that it is not remembered is one sentence."""
    (student.root / ".racecourse").write_bytes(b"a file")
    done = student.grader("hint", "05")
    assert (0, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "hint 1 of 3" in done.stdout
    assert done.stderr.startswith("grader: Progress is not remembered: ")
