"""What `grader watch` reacts to, and where it comes from: saved files, keys, checks that are done.

Each source puts its events into one queue, from a thread of its own, and stops when it is left.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final, TypeAlias

from grader.course.exercise import Course
from grader.judge.results import Result

QUIT: Final = "q"
_END_OF_FILE: Final = "\x04"  # Ctrl-D
_LOOK_MS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Saved:
    """The files of these exercises may have changed. Of none: time to look at the current one,
    which is how changes are seen on a file system that tells of none.
    """

    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key."""

    key: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of this number is done. `result` None: it ended without one, and `said` why."""

    number: int
    result: Result | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A source is no more."""

    why: str


Event: TypeAlias = Saved | Pressed | Checked | Failed
Put: TypeAlias = Callable[[Event], None]


@contextlib.contextmanager
def saves(course: Course, put: Put) -> Iterator[None]:
    """Tells of changes to the students' files. Those that come at once are told of at once."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch_files, args=(course, put, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _watch_files(course: Course, put: Put, stop: threading.Event) -> None:
    from watchfiles import Change, watch

    stubs = {
        os.path.realpath(exercise.folder): exercise for exercise in course.exercises
    }  # what is told of has no symbolic links in it

    def named(path: str) -> str | None:
        exercise = stubs.get(os.path.realpath(Path(path).parent))
        right = exercise is not None and Path(path).name == exercise.metadata.stub
        return exercise.name if exercise is not None and right else None

    def wanted(_change: Change, path: str) -> bool:
        return named(path) is not None

    def tell(*, polling: bool | None) -> None:
        for changes in watch(
            course.folder, watch_filter=wanted, stop_event=stop, rust_timeout=_LOOK_MS,
            yield_on_timeout=True, raise_interrupt=False, force_polling=polling,
        ):  # fmt: skip
            put(Saved(frozenset(filter(None, (named(path) for _, path in changes)))))

    try:
        try:
            tell(polling=None)  # WATCHFILES_FORCE_POLLING decides
        except (OSError, RuntimeError):  # no watch is left for us, or the drive knows none
            tell(polling=True)
    except (OSError, RuntimeError) as error:
        put(Failed(str(error)))


@contextlib.contextmanager
def keys(put: Put) -> Iterator[bool]:
    """Tells of each key that is pressed, without waiting for Enter. Gives whether it does so:
    only where the input is a terminal, and ours.
    """
    terminal = _terminal()
    if terminal is None:
        yield False
        return
    before = termios.tcgetattr(terminal)
    stop, stopped = os.pipe()

    def prepare(*_: object) -> None:
        tty.setcbreak(terminal, termios.TCSANOW)

    continued = signal.signal(signal.SIGCONT, prepare)  # the shell has had it meanwhile
    thread = threading.Thread(target=_read_keys, args=(terminal, stop, put), daemon=True)
    prepare()
    thread.start()
    try:
        yield True
    finally:
        signal.signal(signal.SIGCONT, continued)
        termios.tcsetattr(terminal, termios.TCSANOW, before)
        os.close(stopped)
        thread.join()
        os.close(stop)


def _terminal() -> int | None:
    """The terminal to read keys from."""
    try:
        descriptor = sys.stdin.fileno()
        # Who reads in the background is stopped by the terminal.
        ours = os.isatty(descriptor) and os.tcgetpgrp(descriptor) == os.getpgrp()
    except (AttributeError, OSError, ValueError):  # closed, or nothing of the system's
        return None
    return descriptor if ours else None


def _read_keys(terminal: int, stop: int, put: Put) -> None:
    while True:
        ready, _, _ = select.select([terminal, stop], [], [])
        if stop in ready:
            return
        try:
            typed = os.read(terminal, 1024)
        except OSError:  # the terminal is gone
            typed = b""
        for key in typed.decode(errors="ignore"):
            put(Pressed(QUIT if key == _END_OF_FILE else key.lower()))
        if not typed:
            put(Pressed(QUIT))
            return


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Whoever ends this process (a closed window, `kill`) lets it put the terminal in order."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
