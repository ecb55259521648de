"""What `socket.makefile` returns: CPython's file objects, for several tasks.

In CPython a buffered reader or writer has a lock, and one thread at a time is in it. Here all tasks
are in one thread of the system, so the lock is ours. Who reads whole lines does not see in which
pieces they came, so there the explorer makes no short reads.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import ACQUIRE, UNLOCK
from grader.engine.task import Task
from grader.standins.socket.calls import is_quiet, quietly
from grader.standins.socket.transfer import WHOLE


class _Guard:
    """One task at a time in a file object."""

    _controlled_ = True
    _word_ = "file"
    __slots__ = ("task",)

    def __init__(self) -> None:
        self.task: Task | None = None

    def _holders_(self) -> list[Task]:
        return [] if self.task is None else [self.task]

    def inside(self, kind: str, call: Callable[[], Any], *, whole: bool) -> Any:
        """Calls with the lock held."""
        execution = runtime.current()
        task = execution.running
        if self.task is task or is_quiet():  # one method in another
            return call()
        execution.perform(kind, self, None, ACQUIRE, ready=lambda: self.task is None)
        self.task = task
        moves, before = len(execution.log), task.local.get(WHOLE, False)
        task.local[WHOLE] = whole
        try:
            return call()
        finally:
            task.local[WHOLE] = before
            if len(execution.log) != moves and not execution.over:
                # Others have run in the meantime, and may wait to get in.
                execution.perform("unlock", self, None, UNLOCK)
            self.task = None


# How much these get depends on how it came.
_PIECES: Final = frozenset({"peek", "read1", "readinto1"})
_READING: Final = ("read", "readinto", "readline", "readlines", *sorted(_PIECES))
_WRITING: Final = ("write", "writelines", "flush")


def _guarded(base: Any, name: str) -> Callable[..., Any]:
    real = getattr(base, name)

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        guard = self._writing_ if name in _WRITING else self._reading_
        return guard.inside(name, lambda: real(self, *args, **kwargs), whole=name not in _PIECES)

    method.__name__ = name
    method.__doc__ = "As in CPython."
    return method


def _close(base: Any) -> Callable[[Any], None]:
    def close(self: Any) -> None:
        if "_finalizing" in self.__dict__:
            quietly(lambda: base.close(self))
        else:
            base.close(self)

    close.__doc__ = "As in CPython."
    return close


def _made(base: Any, *names: str) -> Any:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        base.__init__(self, *args, **kwargs)
        self._reading_ = self._writing_ = _Guard()
        if base is io.BufferedRWPair:
            self._writing_ = _Guard()

    return type(base.__name__, (base,), {
        "__init__": init, "__doc__": "As in CPython.", "__module__": "_io", "close": _close(base),
        "_controlled_": True,
        **{name: _guarded(base, name) for name in names if hasattr(base, name)},
    })  # fmt: skip


BufferedReader: Final = _made(io.BufferedReader, *_READING)
BufferedWriter: Final = _made(io.BufferedWriter, *_WRITING)
BufferedRWPair: Final = _made(io.BufferedRWPair, *_READING, *_WRITING)
TextIOWrapper: Final = _made(io.TextIOWrapper, *_READING, *_WRITING)
NAMES: Final = {
    "BufferedReader": BufferedReader, "BufferedWriter": BufferedWriter,
    "BufferedRWPair": BufferedRWPair, "TextIOWrapper": TextIOWrapper,
}  # fmt: skip


class SocketIO:
    """CPython's raw file object, which closes quietly when nobody refers to it any more."""

    @staticmethod
    def over(base: Any) -> Any:
        """The class, made of CPython's."""
        return type("SocketIO", (base,), {
            "__doc__": base.__doc__, "__module__": "socket", "close": _close(base),
            "_controlled_": True,
        })  # fmt: skip
