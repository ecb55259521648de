"""What the corpus of an exercise declares: right and wrong submissions, and what they get."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.course.exercise import CourseError


class Right(msgspec.Struct, forbid_unknown_fields=True):
    """A submission that passes."""

    about: str


class Stub(msgspec.Struct, forbid_unknown_fields=True):
    """The exercise's stub. `at` is as in `Wrong`; the kind is in `exercise.toml`."""

    at: list[str] = []


class Wrong(msgspec.Struct, forbid_unknown_fields=True):
    """A submission that fails as `kind`, or as one of `also`.

    `at` are parts of the source lines at which it goes wrong: every story that marks a step marks
    one of these lines, and some story does. Empty: no schedule shows a step that is to blame.
    """

    about: str
    kind: str
    also: list[str] = []
    at: list[str] = []


class Corpus(msgspec.Struct, forbid_unknown_fields=True):
    """All of `corpus.toml`; a submission is named by its file without `.py`."""

    right: dict[str, Right]
    wrong: dict[str, Wrong]
    stub: Stub = msgspec.field(default_factory=Stub)


def load(path: Path) -> Corpus:
    """The corpus that this file declares; raises `CourseError` that names file and fault."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Corpus)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    except msgspec.MsgspecError as error:
        may = ", ".join(Wrong.__struct_fields__)
        raise CourseError(f"{path} is not right: {error}. A wrong one may have: {may}.") from None
