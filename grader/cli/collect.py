"""From the paths of `grader grade` to submissions: which file, as which exercise."""

from __future__ import annotations

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


def collect(paths: list[Path], course: Course, wanted: Exercise | None) -> list[Given]:
    """The submissions at `paths`, in their order; `wanted` is the exercise when it was named.
    Raises `UsageError` for the first path that is none.
    """
    return [_one(path, course, wanted) for path in paths]


def _one(path: Path, course: Course, wanted: Exercise | None) -> Given:
    if not path.exists():
        raise UsageError(f"{path} does not exist.")
    if path.is_dir():
        return _folder(path, course, wanted)
    exercise = wanted or course.by_stub(path.name)
    if exercise is None:
        stubs = ", ".join(each.metadata.stub for each in course.exercises)
        raise UsageError(
            f"{path} is not named like any exercise's file ({stubs}): "
            "say which exercise it is with --exercise NN."
        )
    return Given(str(path), exercise, _read(path))


def _folder(path: Path, course: Course, wanted: Exercise | None) -> Given:
    candidates = [wanted] if wanted is not None else course.exercises
    found = [each for each in candidates if (path / each.metadata.stub).is_file()]
    if not found:
        stubs = " or ".join(each.metadata.stub for each in candidates)
        raise UsageError(f"The folder {path} holds no {stubs}.")
    if len(found) > 1:
        names = " and ".join(each.metadata.stub for each in found)
        raise UsageError(f"The folder {path} holds {names}: say which with --exercise NN.")
    return Given(str(path), found[0], _read(path / found[0].metadata.stub))


def _read(path: Path) -> bytes:
    """The bytes of a regular file; one byte more than allowed when it is too large."""
    if not path.is_file():
        raise UsageError(f"{path} is not a regular file.")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
