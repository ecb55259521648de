"""A student to test with: a copy of the course, and what the commands print there."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from grader.cli.work import Work
from grader.course.exercise import Course
from grader.course.progress import VARIABLE, Store
from grader.judge.results import Result, check_result, result_of

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = ("01_thread_counter", "02_process_counter", "05_bank_transfer")


@dataclass
class Student:
    """Works in a folder of its own."""

    root: Path

    @classmethod
    def in_folder(cls, root: Path) -> Student:
        """With a fresh copy of three exercises: a test does not depend on how many there are."""
        for name in EXERCISES:
            shutil.copytree(ROOT / "exercises" / name, root / "exercises" / name)
        shutil.copy(ROOT / "pyproject.toml", root)
        return cls(root)

    def work(self, language: str = "en") -> Work:
        """What the commands get; its output is kept."""
        console = Console(file=io.StringIO(), width=100, highlight=False)
        store = Store(self.root / ".racecourse" / "progress.json")
        return Work(Course(self.root), store, console, console, language)

    def file(self, number: str) -> Path:
        """The student's file of an exercise."""
        return Course(self.root).find(number).stub

    def solve(self, number: str) -> None:
        """Saves the right solution."""
        stub = self.file(number)
        shutil.copy(ROOT / "solutions" / stub.parent.name / stub.name, stub)

    def grader(
        self, *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs the command, remembering what it does in this copy of the course."""
        environment = {key: value for key, value in os.environ.items() if key != VARIABLE}
        return subprocess.run(
            [sys.executable, "-m", "grader", *arguments], cwd=cwd or self.root, text=True,
            env=environment | (env or {}), capture_output=True, timeout=120, check=False,
        )  # fmt: skip


def printed(work: Work) -> str:
    """What the commands have printed, and forgets it."""
    file = work.console.file
    assert isinstance(file, io.StringIO)
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text


def result(work: Work, number: str, kind: str | None = None) -> Result:
    """A result of the exercise, as it is remembered after a check: passed, or failed as `kind`."""
    exercise = work.course.find(number)
    made = [check_result("test_it", "It works.", 1, kind=kind, message="No.\n\nA story.")]
    found = result_of(exercise.name, made, "none")
    work.store.checked(exercise, exercise.stub.read_bytes(), found.verdict, int(kind is None), 1)
    return found
