"""`multiprocessing.Condition` and `Event`, under control.

Behaviour and messages are CPython's (`Lib/multiprocessing/synchronize.py`). As with the condition
of threads, a notify touches just the waiters that it wakes, and which ones is the explorer's
choice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import NEEDS_FREE, READ, RELEASE, UNLOCK, WRITE
from grader.engine.part import Part
from grader.standins.multiprocessing.errors import require
from grader.standins.multiprocessing.locks import Inherited, Lock, RLock
from grader.standins.multiprocessing.world import created, deadline_of, note

WAITERS: Final = Part("waiters")


class Waiter(Part):
    """One wait, from its start to its notification."""

    __slots__ = ("notified",)

    def __init__(self) -> None:
        super().__init__("waiter")
        self.notified = False

    def is_notified(self) -> bool:
        """Whether it can go on."""
        return self.notified


class Condition(Inherited):
    """A monitor's condition for processes: wait, and be notified, while holding its lock."""

    _controlled_ = True

    def __init__(self, lock: Lock | RLock | None = None) -> None:
        self._lock: Any = lock or RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release
        self._waiters_: list[Waiter] = []
        created(self)

    def __enter__(self) -> bool:
        return bool(self._lock.__enter__())

    def __exit__(self, *exc: object) -> None:
        self._lock.__exit__(*exc)

    def __repr__(self) -> str:
        return f"<Condition({self._lock!r}, {len(self._waiters_)})>"

    def wait(self, timeout: float | None = None) -> bool:
        """As in CPython: gives the lock back and waits, in one step; True when notified."""
        lock = self._lock
        require(lock._is_owned_(), "must acquire() condition before using wait()")
        execution = runtime.current()
        execution.perform("wait", self, WAITERS, WRITE, also=lock._unlock_)
        waiter = Waiter()
        self._waiters_.append(waiter)
        saved = lock._save_()
        told = doze(execution, self, waiter, READ, timeout)
        lock._restore_(saved)
        if waiter in self._waiters_:  # it gave up; a notify until now is lost on it
            self._waiters_.remove(waiter)
        return told

    def wait_for(self, predicate: Callable[[], Any], timeout: float | None = None) -> Any:
        """As in CPython."""
        execution = runtime.current()
        result = predicate()
        if result:
            return result
        end = None if timeout is None else execution.clock.now + timeout
        left = timeout
        while not result:
            if end is not None:
                left = end - execution.clock.now
                if left <= 0:
                    break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n: int = 1) -> None:
        """As in CPython, but any waiter may be the one that wakes."""
        require(self._lock._is_owned_(), "lock is not owned")
        execution = runtime.current()
        execution.perform("notify", self, WAITERS, RELEASE)
        wake(execution, self, self._waiters_, n)

    def notify_all(self) -> None:
        """As in CPython."""
        self.notify(len(self._waiters_) or 1)


def doze(
    execution: Execution, subject: object, waiter: Waiter, mode: int, timeout: float | None
) -> bool:
    """Waits for a notification; whether it came."""
    key = waiter if mode == READ else None
    if timeout is not None and timeout <= 0:
        execution.perform("wake", subject, key, mode)
        return waiter.notified
    return execution.perform(
        "wake", subject, key, mode | NEEDS_FREE,
        ready=waiter.is_notified, deadline=deadline_of(timeout),
    )  # fmt: skip


def wake(execution: Execution, subject: object, asleep: list[Waiter], n: int) -> None:
    """Wakes up to `n` waiters; part of an operation already announced."""
    note(min(n, len(asleep)))
    at = 0
    for left in range(min(n, len(asleep)), 0, -1):
        at += execution.choose(len(asleep) - at - left + 1)  # each set of as many waiters once
        chosen = asleep.pop(at)
        chosen.notified = True
        execution.turned_out(None, (subject, chosen, UNLOCK))


class Event(Inherited):
    """A flag that processes can wait for."""

    _controlled_ = True

    def __init__(self) -> None:
        self._flag_ = False
        self._waiters_: list[Waiter] = []
        created(self)

    def __repr__(self) -> str:
        return f"<Event {'set' if self._flag_ else 'unset'}>"

    def is_set(self) -> bool:
        """As in CPython."""
        runtime.current().perform("is-set", self, None, READ)
        note(self._flag_)
        return self._flag_

    def set(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("set", self, None, RELEASE)
        if self._flag_ and not self._waiters_:
            execution.turned_out(READ)
        self._flag_ = True
        wake(execution, self, self._waiters_, len(self._waiters_))

    def clear(self) -> None:
        """As in CPython."""
        runtime.current().perform("clear", self, None, WRITE)
        self._flag_ = False

    def wait(self, timeout: float | None = None) -> bool:
        """As in CPython: the flag after the wait, which a `clear` may have taken back meanwhile."""
        execution = runtime.current()
        execution.perform("wait", self, None, WRITE)
        if self._flag_:
            execution.turned_out(READ)
            return True
        waiter = Waiter()
        self._waiters_.append(waiter)
        # The whole event is the subject: what it returns depends on every set and clear.
        doze(execution, self, waiter, WRITE, timeout)
        if waiter in self._waiters_:
            self._waiters_.remove(waiter)
        return self._flag_
