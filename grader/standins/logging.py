"""The stand-in of `logging`: CPython's, executed anew for each process of a schedule, so that
loggers, levels and handlers do not outlive it. Without a stream of its own, a handler writes to
the execution's output. Handlers that write to files cannot be used.

A message is one visible operation, like `print`. Handlers of a student's own have a controlled
lock, as theirs may need it; those of the module have none, because nothing runs in between.
"""

from __future__ import annotations

import atexit as _atexit
import os as _os
import time as _time
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

from grader.engine import runtime
from grader.engine.clock import EPOCH
from grader.engine.operation import WRITE
from grader.standins import traceback, warnings
from grader.standins.fresh import Around, execute, system
from grader.standins.threading.locks import RLock
from grader.standins.threading.threads import current_thread, get_ident


class _NoLock:
    """A lock of the module itself."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Nobody else runs meanwhile."""
        return True

    def release(self) -> None:
        """Nothing to give back."""

    def __enter__(self) -> bool:
        return True

    def __exit__(self, *exc: object) -> None:
        return None


def _now() -> float:
    return EPOCH + runtime.current().clock.now


def _announced(set_level: Callable[[Any, Any], None]) -> Any:
    def setLevel(self: Any, level: Any) -> None:  # noqa: N802 - CPython's name
        runtime.current().perform("write", self, "level", WRITE)
        set_level(self, level)

    return setLevel


def public() -> ModuleType:
    """The module."""
    output = ModuleType("traceback")
    output.__dict__.update(traceback.public())
    surroundings = {
        "atexit": Around(_atexit, register=lambda function: function),
        "os": Around(_os, register_at_fork=None, getpid=lambda: 1),
        "sys": system({}),
        "threading": SimpleNamespace(
            Lock=_NoLock, RLock=_NoLock, get_ident=get_ident, current_thread=current_thread
        ),
        "time": Around(
            _time, time=_now, time_ns=lambda: int(_now() * 1e9), localtime=_time.gmtime
        ),
        "traceback": output,
        "warnings": warnings.public(),
    }  # fmt: skip
    module = execute("logging", "logging", surroundings)

    def create_lock(self: Any) -> None:
        own = getattr(type(self).emit, "__globals__", None) is not module.__dict__
        self.lock = RLock() if own else _NoLock()

    module.Handler.createLock = create_lock
    for kind in (module.Logger, module.Handler):
        kind.setLevel = _announced(kind.setLevel)
    return module
