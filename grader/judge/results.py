"""The results: typed, and written as the JSON that other tools rely on."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.judge.kinds import verdict_of

RESULT = "racecourse/result/1"
RESULTS = "racecourse/results/1"
EXIT = {"pass": 0, "fail": 1, "cannot-grade": 3, "grader-error": 4}
_WORST = ("grader-error", "cannot-grade", "fail", "pass")


class CheckResult(msgspec.Struct):
    """One check."""

    name: str
    title: str
    verdict: str
    kind: str | None
    points: float
    max_points: float
    message: str
    schedule: str | None
    schedules_explored: int
    exhausted: bool
    line: int | None = None  # of the student's file: where it goes wrong, if at one line


class Result(msgspec.Struct, tag_field="schema", tag=RESULT):
    """One graded submission."""

    exercise: str
    verdict: str
    score: float
    max_score: float
    sandbox: str  # the back end that the submission's code was locked up by, or "none"
    checks: list[CheckResult]


def check_result(
    name: str,
    title: str,
    max_points: float,
    *,
    kind: str | None = None,
    message: str = "",
    schedule: str | None = None,
    schedules: int = 0,
    exhausted: bool = False,
    line: int | None = None,
) -> CheckResult:
    """A check's result: all of its points, or none."""
    verdict = verdict_of(kind)
    return CheckResult(
        name, title, verdict, kind, max_points if verdict == "pass" else 0.0, max_points, message,
        schedule, schedules, exhausted, line,
    )  # fmt: skip


def result_of(exercise: str, checks: list[CheckResult], sandbox: str) -> Result:
    """The result that the checks add up to, and their points. What one check has shown to be
    wrong is wrong, whatever could not be graded beside it.
    """
    verdicts = {check.verdict for check in checks}
    order = ("grader-error", "fail", "cannot-grade", "pass")
    verdict = next((each for each in order if each in verdicts), "grader-error")
    most = sum(check.max_points for check in checks)
    score = min(max(sum(check.points for check in checks), 0.0), most)
    return Result(exercise, verdict, round(score, 6), round(most, 6), sandbox, checks)


def exit_status(results: list[Result]) -> int:
    """0 all pass, 1 something fails, 3 something cannot be graded, 4 the grader failed."""
    verdicts = {result.verdict for result in results}
    return next((EXIT[each] for each in _WORST if each in verdicts), 0)


def to_json(results: list[Result]) -> bytes:
    """One object for one result, else a list of them."""
    data: Any = results[0] if len(results) == 1 else {"schema": RESULTS, "results": results}
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
