"""`multiprocessing.Semaphore` and `BoundedSemaphore`, under control.

Behaviour and messages are CPython's (`Lib/multiprocessing/synchronize.py`).
"""

from __future__ import annotations

import errno

from grader.engine import runtime
from grader.engine.operation import READ, RELEASE
from grader.engine.task import Task
from grader.standins.multiprocessing.locks import TOO_MANY, Inherited, acquire, seconds
from grader.standins.multiprocessing.world import created, note

SEM_VALUE_MAX = 2_147_483_647


class Semaphore(Inherited):
    """Counts permits. Any process or thread may release it."""

    _controlled_ = True

    def __init__(self, value: int = 1) -> None:
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if value < 0:
            raise OSError(errno.EINVAL, "Invalid argument")
        self._value_ = value
        self._most_ = SEM_VALUE_MAX
        self._holding_: list[Task] = []
        created(self)

    def _is_free_(self) -> bool:
        return self._value_ > 0

    def _holders_(self) -> list[Task]:
        return list(dict.fromkeys(self._holding_))

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """As in CPython."""
        if not acquire(self, self._is_free_, block, seconds(timeout)):
            return False
        self._value_ -= 1
        self._holding_.append(runtime.current().running)
        return True

    def release(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("release", self, None, RELEASE)
        if self._value_ >= self._most_:
            execution.turned_out(READ)
            raise ValueError(TOO_MANY)
        self._value_ += 1
        if self._holding_:
            mine = execution.running
            self._holding_.remove(mine if mine in self._holding_ else self._holding_[0])

    def get_value(self) -> int:
        """As in CPython, on systems that have it."""
        runtime.current().perform("get-value", self, None, READ)
        note(self._value_)
        return self._value_

    def locked(self) -> bool:
        """As in CPython 3.14."""
        runtime.current().perform("locked", self, None, READ)
        return self._value_ == 0

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc: object) -> None:
        self.release()

    def __repr__(self) -> str:
        return f"<Semaphore(value={self._value_})>"


class BoundedSemaphore(Semaphore):
    """A semaphore that is not released more often than acquired."""

    _controlled_ = True

    def __init__(self, value: int = 1) -> None:
        super().__init__(value)
        self._most_ = value

    def __repr__(self) -> str:
        return f"<BoundedSemaphore(value={self._value_}, maxvalue={self._most_})>"
