"""`threading.Semaphore` and `BoundedSemaphore`, under control."""

from __future__ import annotations

from grader.engine import runtime
from grader.engine.operation import READ, RELEASE
from grader.engine.task import Task
from grader.standins.threading.locks import acquire


class Semaphore:
    """Counts permits. `release` may be called by any task."""

    _controlled_ = True

    def __init__(self, value: int = 1) -> None:
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = value
        self._holding_: list[Task] = []
        self._signals_ = False  # released by a task without a permit: then nobody owes it one
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def _is_free_(self) -> bool:
        return self._value > 0

    def _holders_(self) -> list[Task]:
        return [] if self._signals_ else list(dict.fromkeys(self._holding_))

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        """As in CPython."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        if timeout is not None and timeout < 0:
            timeout = 0
        if not acquire(self, self._is_free_, blocking, timeout):
            return False
        self._value -= 1
        self._holding_.append(runtime.current().running)
        return True

    __enter__ = acquire

    def _check_release_(self, n: int) -> None:
        if n < 1:
            raise ValueError("n must be one or more")

    def release(self, n: int = 1) -> None:
        """As in CPython."""
        self._check_release_(n)
        execution = runtime.current()
        execution.perform("release", self, None, RELEASE)
        self._give_back_(n)
        mine = execution.running
        self._signals_ = self._signals_ or self._holding_.count(mine) < n
        for _ in range(min(n, len(self._holding_))):
            self._holding_.remove(mine if mine in self._holding_ else self._holding_[0])

    def _give_back_(self, n: int) -> None:
        self._value += n

    def __exit__(self, *exc: object) -> None:
        self.release()

    def __repr__(self) -> str:
        return f"<threading.{type(self).__name__}: value={self._value}>"


class BoundedSemaphore(Semaphore):
    """A semaphore that is not released more often than acquired."""

    _controlled_ = True

    def __init__(self, value: int = 1) -> None:
        super().__init__(value)
        self._initial_value = value

    def _give_back_(self, n: int) -> None:
        if self._value + n > self._initial_value:
            runtime.current().turned_out(READ)
            raise ValueError("Semaphore released too many times")
        self._value += n
