"""`threading.Lock` and `threading.RLock`, under control.

Behaviour and messages are CPython's (`Modules/_threadmodule.c`, `Lib/threading.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.numbered import Numbered
from grader.engine.operation import ACQUIRE, READ, UNLOCK, WRITE, Footprint
from grader.engine.task import Task

TIMEOUT_MAX = 9223372036.0


def check_timeout(blocking: bool, timeout: float) -> None:
    """The errors of `acquire(blocking, timeout)`."""
    if not isinstance(timeout, (int, float)):
        raise TypeError(
            f"'{type(timeout).__name__}' object cannot be interpreted as an integer or float"
        )
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")


def acquire(
    subject: object, free: Callable[[], bool], blocking: bool, timeout: float | None
) -> bool:
    """Announces the acquisition of `subject` and waits for it; whether it may be taken now.
    `timeout` None or -1: for ever.
    """
    execution = runtime.current()
    if not blocking or timeout == 0:
        execution.perform("try-acquire", subject, None, WRITE)
        got = free()
        if not got:
            execution.turned_out(READ)
        if execution.recorder is not None:
            execution.recorder.note(got)
        return got
    deadline = None
    if timeout is not None and timeout != -1:
        deadline = execution.clock.now + timeout
    return execution.perform("acquire", subject, None, ACQUIRE, ready=free, deadline=deadline)


class Lock(Numbered):
    """A plain mutual-exclusion lock: not re-entrant, and any task may release it."""

    __slots__ = ("__weakref__", "_owner_")
    _controlled_ = True
    _exclusive_ = True

    def __init__(self) -> None:
        self._owner_: Task | None = None
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def _is_free_(self) -> bool:
        return self._owner_ is None

    def _holders_(self) -> list[Task]:
        return [] if self._owner_ is None else [self._owner_]

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As in CPython."""
        check_timeout(blocking, timeout)
        if not acquire(self, self._is_free_, blocking, timeout):
            return False
        self._owner_ = runtime.current().running
        return True

    def release(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("release", self, None, UNLOCK)
        if self._owner_ is None:
            execution.turned_out(READ)  # and others may have taken the lock just before
            raise RuntimeError("release unlocked lock")
        self._owner_ = None

    def locked(self) -> bool:
        """As in CPython."""
        runtime.current().perform("locked", self, None, READ)
        return self._owner_ is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc: object) -> None:
        self.release()

    def __repr__(self) -> str:
        return f"<{'unlocked' if self._owner_ is None else 'locked'} _thread.lock object>"

    def __init_subclass__(cls) -> None:
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    # What Condition needs of its lock.

    @property
    def _unlock_(self) -> tuple[Footprint, ...]:
        """What `_save_` touches."""
        return ((self, None, UNLOCK),)

    def _is_owned_(self, execution: Execution) -> bool:
        """Whether Condition takes the caller for the owner: as CPython does, when it is locked
        by anybody.
        """
        if self._owner_ is execution.running:
            return True
        execution.perform("locked", self, None, READ)
        return self._owner_ is not None

    def _save_(self) -> Any:
        """Gives the lock back, however often it is held; part of an operation already
        announced. Returns what `_restore_` needs.
        """
        if self._owner_ is None:
            raise RuntimeError("release unlocked lock")
        self._owner_ = None
        return None

    def _restore_(self, state: Any) -> None:
        """Waits for the lock and holds it as it was held."""
        acquire(self, self._is_free_, True, None)
        self._owner_ = runtime.current().running


class RLock(Numbered):
    """A re-entrant lock: only its owner releases it."""

    __slots__ = ("__weakref__", "_count_", "_owner_")
    _controlled_ = True
    _exclusive_ = True

    def __init__(self) -> None:
        self._owner_: Task | None = None
        self._count_ = 0
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def _is_free_(self) -> bool:
        return self._owner_ is None

    def _holders_(self) -> list[Task]:
        return [] if self._owner_ is None else [self._owner_]

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As in CPython."""
        check_timeout(blocking, timeout)
        task = runtime.current().running
        if self._owner_ is task:
            self._count_ += 1  # nobody else can tell: no operation
            return True
        if not acquire(self, self._is_free_, blocking, timeout):
            return False
        self._owner_ = task
        self._count_ = 1
        return True

    __enter__ = acquire

    def release(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        if self._owner_ is not execution.running:
            raise RuntimeError("cannot release un-acquired lock")
        if self._count_ > 1:
            self._count_ -= 1
            return
        execution.perform("release", self, None, UNLOCK)
        self._count_ = 0
        self._owner_ = None

    def locked(self) -> bool:
        """As in CPython 3.14."""
        runtime.current().perform("locked", self, None, READ)
        return self._owner_ is not None

    def __exit__(self, *exc: object) -> None:
        self.release()

    def _is_owned(self) -> bool:
        return self._owner_ is runtime.current().running

    @property
    def _unlock_(self) -> tuple[Footprint, ...]:
        return ((self, None, UNLOCK),)

    def _is_owned_(self, execution: Execution) -> bool:
        return self._owner_ is execution.running

    def _save_(self) -> int:
        count, self._count_, self._owner_ = self._count_, 0, None
        return count

    def _restore_(self, state: int) -> None:
        acquire(self, self._is_free_, True, None)
        self._owner_ = runtime.current().running
        self._count_ = state

    def __repr__(self) -> str:
        owner = 0 if self._owner_ is None else self._owner_.id + 1
        state = "locked" if self._count_ else "unlocked"
        return f"<{state} _thread.RLock object owner={owner} count={self._count_}>"


class Foreign:
    """A lock-like object of the student's own as a condition's lock: its methods are called."""

    __slots__ = ("_lock_",)

    _unlock_: tuple[Footprint, ...] = ()  # its own methods announce what they touch

    def __init__(self, lock: Any) -> None:
        self._lock_ = lock

    def __enter__(self) -> Any:
        return self._lock_.__enter__()

    def __exit__(self, *exc: object) -> Any:
        return self._lock_.__exit__(*exc)

    def __repr__(self) -> str:
        return repr(self._lock_)

    def locked(self) -> Any:
        """Whatever the object says."""
        return self._lock_.locked()

    def _is_owned_(self, execution: Execution) -> bool:
        if self._lock_.acquire(False):
            self._lock_.release()
            return False
        return True

    def _save_(self) -> None:
        self._lock_.release()

    def _restore_(self, state: Any) -> None:
        self._lock_.acquire()
