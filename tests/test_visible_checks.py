"""The visible checks of every exercise, as students run them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.exercise import Course, Exercise
from grader.judge.grade import check

ROOT = Path(__file__).resolve().parents[1]
EXERCISES = Course(ROOT).exercises


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.name)
def test_solution_passes_and_stub_fails_as_declared(exercise: Exercise) -> None:
    """The bug of the exercise is among what a student is shown, and can be mended."""
    solution = ROOT / "solutions" / exercise.name / exercise.metadata.stub
    passed = check(exercise, solution.read_bytes())
    assert [] == [each.message for each in passed.checks if each.verdict != "pass"]
    assert exercise.metadata.stub_kind in {
        each.kind for each in check(exercise, exercise.stub.read_bytes()).checks
    }
