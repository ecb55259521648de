"""The frames that a student's code can be shown: its own and those of CPython's modules. Those of
the grader and of its checks are left out, and a module of CPython's keeps nothing in its globals,
which are the same in every schedule.
"""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from grader.engine import runtime

_LIBRARY = sysconfig.get_path("stdlib")
_OTHERS = "site-packages"


def is_own(filename: str) -> bool:
    """Whether it is a file of the student's."""
    program = runtime.current().state.get("program")
    return program is not None and any(
        filename == source.filename for source in program.sources.values()
    )


def is_shown(filename: str) -> bool:
    """Whether it is a file of the student's or of CPython's."""
    if is_own(filename):
        return True
    return filename.startswith((_LIBRARY, "<")) and _OTHERS not in filename


class Frame:
    """A frame as CPython's modules see it."""

    __slots__ = ("_frame", "_kept")

    def __init__(self, frame: FrameType, kept: dict[str, dict[str, Any]]) -> None:
        self._frame = frame
        self._kept = kept

    @property
    def f_back(self) -> Frame | None:
        """The next one that is shown."""
        return _wrap(self._frame.f_back, self._kept)

    @property
    def f_code(self) -> CodeType:
        """As in CPython."""
        return self._frame.f_code

    @property
    def f_lineno(self) -> int:
        """As in CPython."""
        return self._frame.f_lineno

    @property
    def f_globals(self) -> dict[str, Any]:
        """Those of the student's module, which are new in each schedule; for other modules
        something of that kind, which has their name.
        """
        filename = self._frame.f_code.co_filename
        real = self._frame.f_globals
        if is_own(filename):
            return real
        return self._kept.setdefault(filename, {"__name__": real.get("__name__", filename)})


def _wrap(frame: FrameType | None, kept: dict[str, dict[str, Any]]) -> Frame | None:
    while frame is not None and not is_shown(frame.f_code.co_filename):
        frame = frame.f_back
    return None if frame is None else Frame(frame, kept)


def getter() -> Callable[[int], Frame]:
    """`sys._getframe` for the modules of one process."""
    kept: dict[str, dict[str, Any]] = {}

    def getframe(depth: int = 0, /) -> Frame:
        found = _wrap(sys._getframe(1), kept)
        while found is not None and depth > 0:
            found = found.f_back
            depth -= 1
        if found is None:
            raise ValueError("call stack is not deep enough")
        return found

    return getframe
