"""The results of a run that is not over yet, on disk: who is killed loses nothing that was done.

A journal is a file of JSON lines beside the result that it is for. A line is written, whole and to
the disk, when a submission's result is there; the file goes when the run has come to its end. A
run that finds one takes over the results whose submission, exercise and grader are the same.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import sys
from importlib import metadata
from pathlib import Path
from typing import IO, Self

import msgspec

import grader
from grader.course.exercise import Exercise
from grader.judge.results import Result

_decode = msgspec.json.Decoder(tuple[str, Result]).decode
_PACKAGE = Path(grader.__file__).parent
_GRADES_WITH = ("*.py", "*.ini", "*.toml")  # files of the package that a result may depend on


def key_of(exercise: Exercise, content: bytes, *how: str) -> str:
    """What a result depends on, in one short text: the submission, the exercise, the grader, and
    `how` it is graded.
    """
    known = hashlib.sha256(_grader_digest().encode())
    sheet = (exercise.folder / "exercise.toml").read_bytes()
    for part in (exercise.name.encode(), sheet, content, *(each.encode() for each in how)):
        known.update(b"%d:" % len(part) + part)
    return known.hexdigest()


@functools.cache
def _grader_digest() -> str:
    """Changes with the grader, and with the Python and the libraries that it runs on."""
    known = hashlib.sha256(sys.version.encode())
    for library in ("greenlet", "msgspec", "pytest"):
        known.update(metadata.version(library).encode())
    files = sorted(path for pattern in _GRADES_WITH for path in _PACKAGE.rglob(pattern))
    for path in files:
        known.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return known.hexdigest()


class Journal:
    """The results so far for the file `path`. As a context manager it is closed at the end."""

    def __init__(self, path: Path) -> None:
        """Opens the journal and reads what an earlier run has left. Raises `OSError`; where another
        run is at work on the same file, `BlockingIOError`.
        """
        self.path = path.with_name(f".{path.name}.unfinished")
        self._known: dict[str, Result] = {}
        self._file: IO[bytes] = self.path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise
        self._file.seek(0)
        whole = 0
        for line in self._file:
            with contextlib.suppress(msgspec.MsgspecError):  # not by us, or by another version
                if line.endswith(b"\n"):
                    key, result = _decode(line)
                    self._known[key] = result
            whole += len(line) if line.endswith(b"\n") else 0
        self._file.truncate(whole)  # the last line is torn when its writer was killed

    def get(self, key: str) -> Result | None:
        """The result that is known for this key."""
        return self._known.get(key)

    def keep(self, key: str, result: Result) -> None:
        """Writes a result down. One that is the grader's fault is not worth keeping."""
        if result.verdict == "grader-error" or key in self._known:
            return
        self._known[key] = result
        self._file.write(msgspec.json.encode((key, result)) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def __len__(self) -> int:
        return len(self._known)

    def finish(self) -> None:
        """The run has come to its end: its result is written."""
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()
        if not self._known:
            self.path.unlink(missing_ok=True)
