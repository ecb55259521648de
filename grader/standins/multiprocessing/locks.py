"""`multiprocessing.Lock` and `RLock`, under control: one object in all processes.

Behaviour and messages are CPython's (`Lib/multiprocessing/synchronize.py`,
`Modules/_multiprocessing/semaphore.c`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.engine import runtime
from grader.engine.operation import (
    ACQUIRE,
    NEEDS_FREE,
    READ,
    UNLOCK,
    WRITE,
    Footprint,
)  # fmt: skip
from grader.engine.process import Process as Modelled
from grader.engine.task import Task
from grader.standins.multiprocessing.pickling import Arrival, check_spawning
from grader.standins.multiprocessing.world import created, deadline_of, note

TOO_MANY = "semaphore or lock released too many times"


class Inherited:
    """What only a process that is being spawned can get: the same object in all processes."""

    __slots__ = ()

    def _travel_(self, child: Modelled | None) -> Arrival:
        check_spawning(self, child)
        return lambda: self


def seconds(timeout: Any) -> float | None:
    """The timeout of an acquire, checked as CPython does; None: for ever."""
    if timeout is None:
        return None
    if not isinstance(timeout, (int, float)):
        raise TypeError(f"must be real number, not {type(timeout).__name__}")
    return max(float(timeout), 0.0)


def acquire(subject: object, free: Callable[[], bool], block: Any, timeout: float | None) -> bool:
    """Announces the acquisition of `subject` and waits for it; whether it may be taken now."""
    execution = runtime.current()
    if not block or timeout == 0:
        execution.perform("try-acquire", subject, None, WRITE)
        got = free()
        if not got:
            execution.turned_out(READ)
        note(got)
        return got
    return execution.perform(
        "acquire", subject, None, ACQUIRE, ready=free, deadline=deadline_of(timeout)
    )


def owner_name(task: Task) -> str:
    """A lock's owner as CPython's `repr` shows it to the task that is running."""
    running = runtime.current().running
    if task.process is not running.process:
        return "SomeOtherProcess"
    name = "MainProcess" if task.process.id == 0 else task.process.name
    if task is not task.process.main:
        name += f"|{task.name}"
    return name if task is running else "SomeOtherThread"


class Lock(Inherited):
    """A mutual-exclusion lock for processes and threads: not re-entrant, and any of them may
    release it.
    """

    __slots__ = ("__weakref__", "_owner_")
    _controlled_ = True
    _exclusive_ = True

    def __init__(self) -> None:
        self._owner_: Task | None = None
        created(self)

    def _is_free_(self) -> bool:
        return self._owner_ is None

    def _holders_(self) -> list[Task]:
        return [] if self._owner_ is None else [self._owner_]

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """As in CPython."""
        if not acquire(self, self._is_free_, block, seconds(timeout)):
            return False
        self._owner_ = runtime.current().running
        return True

    def release(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("release", self, None, UNLOCK)
        if self._owner_ is None:
            execution.turned_out(READ)
            raise ValueError(TOO_MANY)
        self._owner_ = None

    def locked(self) -> bool:
        """As in CPython 3.14."""
        runtime.current().perform("locked", self, None, READ)
        return self._owner_ is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc: object) -> None:
        self.release()

    def __repr__(self) -> str:
        return f"<Lock(owner={None if self._owner_ is None else owner_name(self._owner_)})>"

    # What Condition and Value need of a lock.

    @property
    def _unlock_(self) -> tuple[Footprint, ...]:
        """What `_save_` touches."""
        return ((self, None, UNLOCK),)

    def _guard_(self) -> tuple[Callable[[], bool] | None, tuple[Footprint, ...]]:
        """For one access under this lock: when it can run, and that it depends on the lock.
        Held by the same task, the lock is not re-entrant: the access waits for ever.
        """
        return self._is_free_, ((self, None, NEEDS_FREE),)

    def _is_owned_(self) -> bool:
        return self._owner_ is runtime.current().running

    def _save_(self) -> int:
        """Gives the lock back; part of an operation already announced."""
        self._owner_ = None
        return 1

    def _restore_(self, count: int) -> None:
        """Waits for the lock and holds it as it was held."""
        self.acquire()


class RLock(Inherited):
    """A re-entrant lock for processes and threads: only its owner releases it."""

    __slots__ = ("__weakref__", "_count_", "_owner_")
    _controlled_ = True
    _exclusive_ = True

    def __init__(self) -> None:
        self._owner_: Task | None = None
        self._count_ = 0
        created(self)

    def _is_free_(self) -> bool:
        return self._owner_ is None

    def _holders_(self) -> list[Task]:
        return [] if self._owner_ is None else [self._owner_]

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """As in CPython."""
        limit = seconds(timeout)
        task = runtime.current().running
        if self._owner_ is task:
            self._count_ += 1  # nobody else can tell: no operation
            return True
        if not acquire(self, self._is_free_, block, limit):
            return False
        self._owner_ = task
        self._count_ = 1
        return True

    def release(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        if self._owner_ is not execution.running:
            raise AssertionError("attempt to release recursive lock not owned by thread")
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

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc: object) -> None:
        self.release()

    def __repr__(self) -> str:
        if self._owner_ is None:
            return "<RLock(None, 0)>"
        name = owner_name(self._owner_)
        mine = self._owner_ is runtime.current().running
        return f"<RLock({name}, {self._count_ if mine else 'nonzero'})>"

    # What Condition and Value need of a lock.

    @property
    def _unlock_(self) -> tuple[Footprint, ...]:
        return ((self, None, UNLOCK),)

    def _guard_(self) -> tuple[Callable[[], bool] | None, tuple[Footprint, ...]]:
        if self._owner_ is runtime.current().running:
            return None, ()  # and nobody else can take it before the access
        return self._is_free_, ((self, None, NEEDS_FREE),)

    def _is_owned_(self) -> bool:
        return self._owner_ is runtime.current().running

    def _save_(self) -> int:
        count, self._count_, self._owner_ = self._count_, 0, None
        return count

    def _restore_(self, count: int) -> None:
        acquire(self, self._is_free_, True, None)
        self._owner_ = runtime.current().running
        self._count_ = count
