"""A lock that is the inside of another stand-in: `Queue.mutex`, which conditions share."""

from __future__ import annotations

from typing import Any, Protocol

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import READ, UNLOCK, Footprint
from grader.engine.task import Task
from grader.standins.threading.locks import acquire, check_timeout


class Guarded(Protocol):
    """What has such a lock: whose operations need it free, and touch the object itself."""

    _inside_: Task | None

    def _open_(self) -> bool: ...


class Mutex:
    """Holds off the operations of its object while somebody has it."""

    __slots__ = ("__weakref__", "_guarded_")
    _controlled_ = True

    def __init__(self, guarded: Guarded) -> None:
        self._guarded_ = guarded

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As a lock's."""
        check_timeout(blocking, timeout)
        guarded = self._guarded_
        if not acquire(guarded, guarded._open_, blocking, timeout):
            return False
        guarded._inside_ = runtime.current().running
        return True

    def release(self) -> None:
        """As a lock's."""
        execution = runtime.current()
        execution.perform("release", self._guarded_, None, UNLOCK)
        if self._guarded_._inside_ is None:
            execution.turned_out(READ)
            raise RuntimeError("release unlocked lock")
        self._guarded_._inside_ = None

    def locked(self) -> bool:
        """As a lock's."""
        runtime.current().perform("locked", self._guarded_, None, READ)
        return self._guarded_._inside_ is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc: object) -> None:
        self.release()

    # What Condition needs of its lock.

    @property
    def _unlock_(self) -> tuple[Footprint, ...]:
        return ((self._guarded_, None, UNLOCK),)

    def _is_owned_(self, execution: Execution) -> bool:
        if self._guarded_._inside_ is execution.running:
            return True
        return self.locked()

    def _save_(self) -> None:
        if self._guarded_._inside_ is None:
            raise RuntimeError("release unlocked lock")
        self._guarded_._inside_ = None

    def _restore_(self, state: Any) -> None:
        self.acquire()
