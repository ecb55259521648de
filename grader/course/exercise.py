"""An exercise's metadata: one typed file, `exercise.toml`, in its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.course.limits import Limits
from grader.source import policy


class CourseError(Exception):
    """The course, or a call of it, is wrong; the message says what and where."""


class Hints(msgspec.Struct, forbid_unknown_fields=True):
    """Three stages of help, in both languages."""

    en: list[str]
    ko: list[str]


class Metadata(msgspec.Struct, forbid_unknown_fields=True):
    """What `exercise.toml` says."""

    number: int
    slug: str
    title: str
    title_ko: str
    concept: str
    stub: str
    names: list[str]
    uses: list[str]
    imports_add: list[str]
    imports_remove: list[str]
    stub_kind: str
    hints: Hints
    limits: Limits = Limits()


_USES = {
    "threads": policy.DEFAULT_IMPORTS,
    "processes": policy.PROCESS_IMPORTS,
    "sockets": policy.SOCKET_IMPORTS,
    "asyncio": policy.ASYNCIO_IMPORTS,
}


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the course, where it lies."""

    folder: Path
    metadata: Metadata

    @property
    def name(self) -> str:
        """`05_bank_transfer`."""
        return self.folder.name

    @property
    def number(self) -> str:
        """`05`."""
        return f"{self.metadata.number:02}"

    @property
    def stub(self) -> Path:
        """The student's file."""
        return self.folder / self.metadata.stub

    @property
    def module(self) -> str:
        """The name under which the student's file is imported."""
        return self.metadata.stub.removesuffix(".py")

    @property
    def allowed(self) -> frozenset[str]:
        """The modules that the student's file may import."""
        allowed = set(policy.DEFAULT_IMPORTS)
        for use in self.metadata.uses:
            allowed |= _USES[use]
        allowed |= set(self.metadata.imports_add)
        return frozenset(allowed - set(self.metadata.imports_remove))


def load(folder: Path) -> Exercise:
    """The exercise in `folder`; raises `CourseError` that names the file and the fault."""
    path = folder / "exercise.toml"
    try:
        metadata = msgspec.toml.decode(path.read_bytes(), type=Metadata)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    except msgspec.MsgspecError as error:
        raise CourseError(f"{path} is not right: {error}.{_may_have(str(error))}") from None
    unknown = [use for use in metadata.uses if use not in _USES]
    if unknown:
        raise CourseError(f"{path}: uses names {unknown[0]!r}; it may name {', '.join(_USES)}.")
    if folder.name != f"{metadata.number:02}_{metadata.slug}":
        raise CourseError(f"{path}: number and slug do not fit the folder's name.")
    return Exercise(folder, metadata)


def _may_have(error: str) -> str:
    """What a table may have, when it has something else; else nothing."""
    if "unknown field" not in error:
        return ""
    table = {"`$.limits`": Limits, "`$.hints`": Hints}
    here = next((each for where, each in table.items() if where in error), Metadata)
    return f" It may have: {', '.join(here.__struct_fields__)}."


class Course:
    """All exercises of a repository."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "exercises"
        self.exercises = [
            load(folder)
            for folder in sorted(self.folder.glob("[0-9][0-9]_*"))
            if (folder / "exercise.toml").exists()
        ]

    def find(self, wanted: str) -> Exercise:
        """The exercise with this number, slug or folder name; raises `CourseError`."""
        text = wanted.strip().rstrip("/").rpartition("/")[2]
        for exercise in self.exercises:
            number = text.isdigit() and int(text) == exercise.metadata.number
            if number or text in (exercise.name, exercise.metadata.slug):
                return exercise
        have = ", ".join(exercise.name for exercise in self.exercises)
        raise CourseError(f"There is no exercise {wanted!r}. There is: {have}.")

    def by_stub(self, name: str) -> Exercise | None:
        """The exercise whose stub has this file name."""
        return next((each for each in self.exercises if each.metadata.stub == name), None)


def find_root(start: Path) -> Path:
    """The repository that `start` lies in, else the one that this package lies in."""
    package = Path(__file__).resolve().parents[2]
    for folder in (start.resolve(), *start.resolve().parents, package):
        if (folder / "exercises").is_dir() and re.search(
            r"racecourse", _text(folder / "pyproject.toml")
        ):
            return folder
    raise CourseError("No course here: run this inside the course's repository.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
