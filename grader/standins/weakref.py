"""The stand-in of `weakref`: CPython's, but what one reaches through a proxy is known, and its
finalizers belong to one process of one schedule.

CPython's own would live on until the interpreter ends, and then call a student's code.
"""

from __future__ import annotations

import gc
import weakref as _real
from collections.abc import Callable
from typing import Any

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.process import Process
from grader.engine.wrappers import remember_proxy

_collecting = False


def _watch_collector(phase: str, info: dict[str, int]) -> None:
    global _collecting  # noqa: PLW0603 - the garbage collector is one for the whole interpreter
    _collecting = phase == "start"


gc.callbacks.append(_watch_collector)


def is_collecting() -> bool:
    """Whether the garbage collector is at work. When it runs is not the same in every run, so
    what it finds on cycles counts as alive: nothing may follow from its end.
    """
    return _collecting


def registry(process: Process) -> dict[finalize, Any]:
    """The finalizers of that process that have not been called, in the order they were made."""
    found: dict[finalize, Any] = process.state.setdefault("finalizers", {})
    return found


class finalize:  # noqa: N801 - CPython's name
    """As in CPython."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_execution_", "_process_", "atexit")

    def __init__(self, obj: Any, func: Callable[..., Any], /, *args: Any, **kwargs: Any) -> None:
        self._execution_: Execution = runtime.current()
        self._process_ = self._execution_.running.process
        self.atexit = True
        ref = _real.ref(obj, lambda _: self._died_())
        registry(self._process_)[self] = (ref, func, args, kwargs)

    def _died_(self) -> None:
        if (
            not _collecting
            and runtime.now.execution is self._execution_
            and not self._execution_.over
        ):
            self()

    def __call__(self, _: Any = None) -> Any:
        """As in CPython: calls the function unless that was done, or is not to be done."""
        info = registry(self._process_).pop(self, None)
        return info[1](*info[2], **info[3]) if info is not None else None

    def detach(self) -> Any:
        """As in CPython."""
        info = registry(self._process_).get(self)
        obj = info[0]() if info is not None else None
        if info is None or obj is None or registry(self._process_).pop(self, None) is None:
            return None
        return (obj, *info[1:])

    def peek(self) -> Any:
        """As in CPython."""
        info = registry(self._process_).get(self)
        obj = info[0]() if info is not None else None
        return None if info is None or obj is None else (obj, *info[1:])

    @property
    def alive(self) -> bool:
        """As in CPython."""
        return self in registry(self._process_)

    def __repr__(self) -> str:
        return f"<finalize object; {'for an object' if self.alive else 'dead'}>"


def run_finalizers(process: Process) -> None:
    """What CPython does when a process ends: the last made first."""
    while True:
        left = [each for each in registry(process) if each.atexit]
        if not left:
            return
        left[-1]()


def proxy(obj: Any, callback: Any = None, /) -> Any:
    """As in CPython."""
    return remember_proxy(_real.proxy(obj, callback), obj)


def public() -> dict[str, Any]:
    """The names of the module."""
    names = {name: getattr(_real, name) for name in _real.__all__}
    return {**names, "finalize": finalize, "proxy": proxy}
