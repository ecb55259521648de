"""Which file is graded as which exercise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.cli.collect import collect
from grader.cli.files import UsageError
from grader.course.exercise import Course
from grader.judge.grade import grade

COURSE = Course(Path(__file__).resolve().parents[2])


def test_the_name_of_a_file_tells_the_exercise(tmp_path: Path) -> None:
    """Of a file, and of the file in a folder."""
    (tmp_path / "bank.py").write_bytes(b"x = 1")
    for path in (tmp_path, tmp_path / "bank.py"):
        (given,) = collect([path], COURSE, None)
        assert ("05_bank_transfer", b"x = 1", None) == (
            given.exercise.name,
            given.content,
            given.fault,
        )


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It could lead to any file of the judge's. It is its author's fault, so others are graded."""
    (tmp_path / "secret").write_text("password")
    for target in ("secret", "nowhere", "counter.py"):
        (tmp_path / "counter.py").symlink_to(target)
        for path in (tmp_path, tmp_path / "counter.py"):
            (given,) = collect([path], COURSE, None)
            assert b"" == given.content
            assert given.fault is not None
            assert given.fault.startswith("counter.py is a symbolic link, which is not read")
        (tmp_path / "counter.py").unlink()


def test_a_pipe_or_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nobody waits for a pipe."""
    os.mkfifo(tmp_path / "bank.py")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "counter.py").mkdir()
    for path in (tmp_path, tmp_path / "bank.py", tmp_path / "other", tmp_path / "other/counter.py"):
        (given,) = collect([path], COURSE, None)
        assert given.fault is not None
        assert "is not a regular file" in given.fault


def test_what_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    """A path that does not exist, and a folder without a stub."""
    for path, sentence in ((tmp_path / "bank.py", "does not exist"), (tmp_path, "holds no")):
        with pytest.raises(UsageError, match=sentence):
            collect([path], COURSE, None)


def test_a_submission_with_a_fault_fails_every_check() -> None:
    """With the sentence, and without a process."""
    exercise = COURSE.find("01")
    result = grade(exercise, b"", fault="counter.py is a symbolic link.")
    assert ("fail", 0.0) == (result.verdict, result.score)
    assert {"import-error"} == {check.kind for check in result.checks}
    assert "counter.py is a symbolic link." == result.checks[0].message
