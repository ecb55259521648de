"""`linecache`, for `traceback` and `warnings` in a controlled program: it shows the lines of the
student's files and of CPython's, and of no other file whose name a student may have made up.
"""

from __future__ import annotations

import linecache
import os
import sysconfig
import traceback
from types import ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.standins.frames import is_own

_LIBRARY: Final = os.path.join(sysconfig.get_path("stdlib"), "")  # noqa: PTH118 - a text to compare


class _Lines(ModuleType):
    """The module, which is CPython's where no program runs."""

    def getline(self, filename: str, lineno: int, module_globals: Any = None) -> str:
        """As in CPython."""
        return (self.getlines(filename, module_globals)[lineno - 1 : lineno] or [""])[0]

    def getlines(self, filename: str, module_globals: Any = None) -> list[str]:
        """As in CPython, without asking a loader for what it has."""
        if runtime.now.execution is None:
            return linecache.getlines(filename, module_globals)
        if type(filename) is not str:
            return []
        if is_own(filename):
            program = runtime.current().state["program"]
            for source in program.sources.values():
                if source.filename == filename:
                    return [f"{line}\n" for line in source.lines]
        if os.path.normpath(filename) == filename and filename.startswith(_LIBRARY):
            return linecache.getlines(filename)
        return []

    def __getattr__(self, name: str) -> Any:
        return getattr(linecache, name)


LINES: Final = _Lines("linecache")


def confine_lines() -> None:
    """Lets `traceback` read through this."""
    traceback.__dict__["linecache"] = LINES
