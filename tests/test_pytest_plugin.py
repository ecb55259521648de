"""`pytest exercises/05`, however it is named and from wherever: what runs, and what is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.progress import VARIABLE
from grader.pytest_plugin import _exercise_named
from tests.cli.students import Student

FOLDER = Path("exercises") / "05_bank_transfer"


@pytest.fixture
def student(tmp_path: Path) -> Student:
    """In a copy of the course."""
    return Student.in_folder(tmp_path)


@pytest.mark.parametrize(
    ("base", "named", "expected"),
    [
        (".", "exercises/5", "exercises/05_bank_transfer"),
        (".", "exercises/05", "exercises/05_bank_transfer"),
        (".", "exercises/05/", "exercises/05_bank_transfer"),
        (".", "./exercises/bank_transfer", "exercises/05_bank_transfer"),
        (".", "exercises/5::test_a", "exercises/05_bank_transfer/test_bank.py::test_a"),
        ("exercises", "5", "05_bank_transfer"),
        ("exercises", "bank_transfer", "05_bank_transfer"),
        ("exercises/01_thread_counter", "../05", "../05_bank_transfer"),
        ("tests/cli", "../../exercises/05", "../../exercises/05_bank_transfer"),
        # What names no exercise by number or name stays as it is.
        (".", "exercises", "exercises"),
        (".", "exercises/05_bank_transfer", "exercises/05_bank_transfer"),
        (".", "05", "05"),
        ("tests", "5", "5"),
    ],
)
def test_exercise_is_named_by_number_or_name(base: str, named: str, expected: str) -> None:
    """From the course's folder, from one inside of it, and by a path from elsewhere."""
    root = Path(__file__).resolve().parents[1]
    assert expected == _exercise_named(root / base, named)


def test_exercise_is_named_by_its_whole_path(tmp_path: Path) -> None:
    """From a folder that has nothing to do with the course."""
    root = Path(__file__).resolve().parents[1]
    named = _exercise_named(tmp_path, str(root / "exercises" / "5"))
    assert root / FOLDER == (tmp_path / named).resolve()


def test_exercise_that_is_not_there_is_a_sentence() -> None:
    """It says which there are."""
    root = Path(__file__).resolve().parents[1]
    with pytest.raises(pytest.UsageError, match=r"There is no exercise '77'\. There is: 01_"):
        _exercise_named(root, "exercises/77")


def run(student: Student, *arguments: str, cwd: Path | None = None) -> str:
    """What pytest prints."""
    environment = {key: value for key, value in os.environ.items() if key != VARIABLE}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=cwd or student.root, env=environment,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.stdout


def kept(student: Student) -> dict[str, tuple[str | None, int, int]]:
    """What is remembered."""
    exercises = student.work().store.read().exercises
    return {name: (each.verdict, each.passed, each.checks) for name, each in exercises.items()}


def test_a_run_is_remembered(student: Student, tmp_path_factory: pytest.TempPathFactory) -> None:
    """From a folder elsewhere, in the course that the exercise lies in."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shown = run(student, str(student.root / "exercises" / "5"), cwd=elsewhere)
    assert "3 failed, 1 passed" in shown
    assert {"05_bank_transfer": ("fail", 1, 4)} == kept(student)


def test_value_of_an_option_names_no_exercise(student: Student) -> None:
    """Not even in the folder of the exercises, where a name alone is enough."""
    shown = run(
        student, "-k", "overdrawn", "-p", "no:cacheprovider", "5", cwd=student.root / "exercises"
    )
    assert "1 passed" in shown


def test_a_part_of_a_run_is_not_remembered(student: Student) -> None:
    """Checks that were left out could fail."""
    student.solve("05")
    for choice in (["exercises/05", "-k", "overdrawn"], ["exercises/05::test_never_overdrawn"]):
        assert "1 passed" in run(student, *choice)
    assert {} == kept(student)


def test_what_cannot_be_remembered_is_said_and_the_checks_count(student: Student) -> None:
    """One line below the results."""
    student.solve("01")
    (student.root / ".racecourse").write_bytes(b"a file")
    shown = run(student, "exercises/01")
    assert "5 passed" in shown
    assert 1 == shown.count("Progress is not remembered: ")
