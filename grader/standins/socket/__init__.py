"""The controlled stand-in of `socket`: CPython's own module over a stand-in of `_socket`.

There is one machine, with a loopback in memory. What a socket does is what Linux does there; how
much a `recv` returns is a choice of the explorer's (`connections`).
"""

from __future__ import annotations

import functools
import io
import os
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

from grader.standins.fresh import Around, code_of, execute
from grader.standins.missing import refuse
from grader.standins.registry import add
from grader.standins.socket.calls import Calls
from grader.standins.socket.fileobjects import NAMES, SocketIO
from grader.standins.socket.module import lowlevel

__all__ = ["public"]

_HOME = "grader.standins.socket.library"
_ABSENT = ("fromshare", "recv_fds", "send_fds")


def _no_sendfile(self: Any, file: Any, offset: int = 0, count: int | None = None) -> int:
    refuse("socket.socket.sendfile")


def _inheritable(self: Any) -> bool:
    return False


@functools.cache
def library() -> dict[str, Any]:
    """The names of the module. Made once: its classes keep nothing from run to run."""
    surroundings = {
        "_socket": lowlevel(), "io": Around(io, **NAMES), "os": Around(os),
        "selectors": SimpleNamespace(),
    }  # fmt: skip
    # Its enumerations look for the module that they are made for in `sys.modules`.
    code_of("socket")
    made = ModuleType(_HOME)
    sys.modules[_HOME] = made
    try:
        execute(_HOME, "socket", surroundings, made)
    finally:
        del sys.modules[_HOME]
    names = {
        name: value for name, value in vars(made).items()
        if not name.startswith("__") and not isinstance(value, (ModuleType, Around))
        and name not in _ABSENT
    }  # fmt: skip
    for value in names.values():
        if getattr(value, "__module__", None) == _HOME:
            value.__module__ = "socket"
    cls = names["socket"]
    cls._controlled_ = True
    cls.sendfile = _no_sendfile
    cls.get_inheritable = _inheritable
    Calls._class_ = cls
    raw = SocketIO.over(names["SocketIO"])
    add(cls)
    add(raw)
    made.__dict__["SocketIO"] = names["SocketIO"] = raw  # `makefile` finds it there
    return names


def public() -> dict[str, Any]:
    """The names of the module."""
    return dict(library())
