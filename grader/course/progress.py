"""What a student has done so far, remembered between calls: which exercises pass, since when, and
how many hints were shown.

It is kept in the course's folder and not in the home directory: it belongs to this copy of the
files, moves and goes with them, and two copies (last year's, say) do not mix. The file is replaced
as a whole, under a lock: `grader watch` and a pytest in another terminal lose nothing of each
other's.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from grader.course.exercise import Course, Exercise

VARIABLE: Final = "RACECOURSE_PROGRESS"
"""The environment variable that names another file to keep it in."""
_PLACE: Final = Path(".racecourse") / "progress.json"

UNREADABLE: Final = (
    "Progress is not remembered: {path} cannot be read ({why}). {variable} can name another file."
)
UNWRITABLE: Final = (
    "Progress is not remembered: {path} cannot be written ({why}). {variable} can name another "
    "file."
)
BROKEN: Final = "{path} is not a file of progress ({why}), so nothing is known from it."
SET_ASIDE: Final = (
    "{path} was not a file of progress ({why}). It is kept as {aside}, and progress begins anew."
)


class Kept(msgspec.Struct):
    """What is known of one exercise."""

    verdict: str | None = None  # of the visible checks when they last ran; None: never
    passed: int = 0  # checks
    checks: int = 0
    since: datetime | None = None  # the verdict has been this one
    content: str = ""  # the digest of the file that was checked
    hints: int = 0  # that were shown


class Progress(msgspec.Struct, tag_field="schema", tag="racecourse/progress/1"):
    """What is known of all of them, by name."""

    exercises: dict[str, Kept] = msgspec.field(default_factory=dict)

    def of(self, exercise: Exercise) -> Kept:
        """What is known of this one."""
        return self.exercises.get(exercise.name) or Kept()

    def passes(self, exercise: Exercise) -> bool:
        """Whether its file passes, as it is now."""
        kept = self.of(exercise)
        return kept.verdict == "pass" and kept.content == digest_of(exercise)

    def next_of(self, course: Course, after: Exercise | None = None) -> Exercise | None:
        """The first exercise that does not pass yet, beginning after this one; None: all pass."""
        order = course.exercises
        if after is not None:
            at = [each.name for each in order].index(after.name)
            order = [*order[at + 1 :], *order[:at]]
        return next((each for each in order if not self.passes(each)), None)


def digest(content: bytes) -> str:
    """What stands for the content of a file."""
    return hashlib.sha256(content).hexdigest()


def digest_of(exercise: Exercise) -> str:
    """That of the student's file; empty when it cannot be read."""
    try:
        return digest(exercise.stub.read_bytes())
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something is not remembered: a sentence, one of those above, and what is filled in."""

    template: str
    values: dict[str, str]


@dataclass(slots=True)
class Store:
    """Where progress is kept. No method raises `OSError`: a check is worth its result, remembered
    or not. What went wrong is in `troubles`.
    """

    path: Path
    troubles: list[Trouble] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path) -> Store:
        """That of the course in this folder."""
        named = os.environ.get(VARIABLE)
        return cls(Path(named).absolute() if named else root / _PLACE)

    def read(self) -> Progress:
        """What is known; nothing where the file cannot be read."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Progress)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            self._trouble(UNREADABLE, error.strerror or str(error))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._trouble(BROKEN, str(error))
        return Progress()

    def checked(
        self, exercise: Exercise, content: bytes, verdict: str, passed: int, checks: int,
        now: datetime | None = None,
    ) -> None:  # fmt: skip
        """Remembers what the checks said of this content. A failure of the grader says nothing."""
        if verdict == "grader-error":
            return

        def note(kept: Kept) -> None:
            if kept.verdict != verdict or kept.since is None:
                kept.since = now or datetime.now(UTC)
            kept.verdict, kept.passed, kept.checks = verdict, passed, checks
            kept.content = digest(content)

        self._change(exercise, note)

    def hinted(self, exercise: Exercise, count: int) -> None:
        """Remembers that so many hints have been shown, if it was fewer."""

        def note(kept: Kept) -> None:
            kept.hints = max(kept.hints, count)

        self._change(exercise, note)

    def _change(self, exercise: Exercise, note: Callable[[Kept], None]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._locked():
                progress = self._to_change()
                if progress is not None:
                    note(progress.exercises.setdefault(exercise.name, Kept()))
                    self._replace(msgspec.json.format(msgspec.json.encode(progress), indent=1))
        except OSError as error:
            self._trouble(UNWRITABLE, error.strerror or str(error))

    def _to_change(self) -> Progress | None:
        """What is known, to be added to. What cannot be understood is set aside, never
        overwritten; None: it cannot even be read.
        """
        known = len(self.troubles)
        progress = self.read()
        if len(self.troubles) == known:
            return progress
        trouble = self.troubles[-1]
        if trouble.template != BROKEN:
            return None
        aside = self._aside()
        self.path.rename(aside)
        self.troubles[-1] = Trouble(SET_ASIDE, trouble.values | {"aside": aside.name})
        return progress

    def _aside(self) -> Path:
        """A free name beside the file."""
        number = 1
        while (path := self.path.with_name(f"{self.path.name}.broken-{number}")).exists():
            number += 1
        return path

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else changes the file meanwhile, where the file system knows locks."""
        with self.path.with_name(f"{self.path.name}.lock").open("w") as file:
            with contextlib.suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _replace(self, content: bytes) -> None:
        """The whole file or nothing. Under the lock one name for the new file is enough, and who
        is killed leaves at most one.
        """
        new = self.path.with_name(f"{self.path.name}.new")
        with new.open("wb") as file:
            file.write(content + b"\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)

    def _trouble(self, template: str, why: str) -> None:
        values = {"path": str(self.path), "why": why, "variable": VARIABLE}
        trouble = Trouble(template, values)
        if trouble not in self.troubles:
            self.troubles.append(trouble)
