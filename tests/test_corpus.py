"""Every stub and solution gets the verdict that it declares; `make audit` grades the rest."""

from pathlib import Path

import pytest

from grader.cli.audit import Case, cases, judge_case
from grader.course.exercise import Course

ROOT = Path(__file__).resolve().parents[1]
COURSE = Course(ROOT)
CASES = [case for exercise in COURSE.exercises for case in cases(COURSE, exercise)]
FIRST = [case for case in CASES if ROOT / "tests" not in case.file.parents]


def _name(case: Case) -> str:
    return "/".join(case.file.parts[-3:])


@pytest.mark.timeout(300)
@pytest.mark.parametrize("case", FIRST, ids=_name)
def test_stub_and_solution(case: Case) -> None:
    """The stub fails for what it declares, the solution passes."""
    problem, result = judge_case(case)
    assert problem is None, result
