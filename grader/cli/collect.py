"""From the paths of `grader grade` to submissions: which file, as which exercise."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.cli.files import UsageError
from grader.course.exercise import Course, Exercise
from grader.source.load import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Given:
    """One submission to grade."""

    shown: str  # the path as it was given
    exercise: Exercise
    content: bytes
    fault: str | None = None  # why it has no content: its author's matter, and nobody else's


def collect(paths: list[Path], course: Course, wanted: Exercise | None) -> list[Given]:
    """The submissions at `paths`, in their order; `wanted` is the exercise when it was named.
    Raises `UsageError` for the first path that is none. What is there but is no regular file (a
    link, a pipe, a folder) is a submission with a fault: the others are graded all the same.
    """
    return [_one(path, course, wanted) for path in paths]


def _one(path: Path, course: Course, wanted: Exercise | None) -> Given:
    if not os.path.lexists(path):
        raise UsageError(f"{path} does not exist.")
    named = course.by_stub(path.name)
    if path.is_dir() and (named is None or _holds_a_stub(path, course)):
        return _folder(path, course, wanted)
    exercise = wanted or named
    if exercise is None:
        stubs = ", ".join(each.metadata.stub for each in course.exercises)
        raise UsageError(
            f"{path} is not named like any exercise's file ({stubs}): "
            "say which exercise it is with --exercise NN."
        )
    return _read(path, exercise, path)


def _holds_a_stub(folder: Path, course: Course) -> bool:
    return any(os.path.lexists(folder / each.metadata.stub) for each in course.exercises)


def _folder(path: Path, course: Course, wanted: Exercise | None) -> Given:
    candidates = [wanted] if wanted is not None else course.exercises
    found = [each for each in candidates if os.path.lexists(path / each.metadata.stub)]
    if not found:
        stubs = ", ".join(each.metadata.stub for each in candidates)
        wanted_here = stubs if len(candidates) == 1 else f"file of an exercise ({stubs})"
        raise UsageError(f"The folder {path} holds no {wanted_here}.")
    if len(found) > 1:
        names = " and ".join(each.metadata.stub for each in found)
        raise UsageError(f"The folder {path} holds {names}: say which with --exercise NN.")
    return _read(path, found[0], path / found[0].metadata.stub)


def _read(shown: Path, exercise: Exercise, path: Path) -> Given:
    """The bytes of a regular file; one byte more than allowed when it is too large. A link is not
    followed: it could lead to any file of the judge's, and the report shows lines.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            return _faulty(shown, exercise, "is a symbolic link")
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return _faulty(shown, exercise, "is not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        return Given(str(shown), exercise, file.read(MAX_BYTES + 1))


def _faulty(shown: Path, exercise: Exercise, what: str) -> Given:
    fault = f"{exercise.metadata.stub} {what}, which is not read: hand in the file itself."
    return Given(str(shown), exercise, b"", fault)
