"""`threading.Condition`, under control. Messages are those of CPython's `Lib/threading.py`.

What conflicts with what: waiting and notifying change the list of waiters, and a notify touches
in addition just the waiters that it wakes. So a task that has been notified already goes on
independently of later notifies, and both orders are explored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.classes import mark_of
from grader.engine.execution import Execution
from grader.engine.operation import NEEDS_FREE, READ, RELEASE, UNLOCK, WRITE
from grader.engine.part import Part
from grader.standins.threading.locks import Foreign, RLock

WAITERS: Final = Part("waiters")


class Waiter(Part):
    """One wait, from its start to its notification."""

    __slots__ = ("notified",)

    def __init__(self) -> None:
        super().__init__("waiter")
        self.notified = False

    def is_notified(self) -> bool:
        """Whether it may go on."""
        return self.notified


class Condition:
    """A monitor's condition: wait, and be notified, while holding its lock.

    Which waiter a `notify` wakes is a choice of the explorer: the order is not promised.
    """

    _controlled_ = True

    def __init__(self, lock: Any = None) -> None:
        own = lock is None
        if own:
            lock = RLock()
        self.acquire = lock.acquire
        self.release = lock.release
        self._lock_: Any = lock if mark_of(type(lock), "_save_") else Foreign(lock)
        self._waiters_: list[Waiter] = []
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)
            if own:
                execution.recorder.named(self, "", self._lock_)

    def __enter__(self) -> bool:
        return bool(self._lock_.__enter__())

    def __exit__(self, *exc: object) -> None:
        self._lock_.__exit__(*exc)

    def __repr__(self) -> str:
        return f"<Condition({self._lock_!r}, {len(self._waiters_)})>"

    def locked(self) -> bool:
        """As in CPython 3.14."""
        return bool(self._lock_.locked())

    def _check_owned_(self, execution: Execution, what: str) -> None:
        if not self._lock_._is_owned_(execution):
            raise RuntimeError(f"cannot {what} on un-acquired lock")

    def wait(self, timeout: float | None = None) -> bool:
        """As in CPython: gives the lock back and waits, in one step; True when notified."""
        execution = runtime.current()
        self._check_owned_(execution, "wait")
        lock = self._lock_
        execution.perform("wait", self, WAITERS, WRITE, also=lock._unlock_)
        waiter = Waiter()
        self._waiters_.append(waiter)
        saved = lock._save_()
        if timeout is None or timeout > 0:
            deadline = None if timeout is None else execution.clock.now + timeout
            told = execution.perform(
                "wake", self, waiter, READ | NEEDS_FREE, ready=waiter.is_notified, deadline=deadline
            )
        else:
            execution.perform("wake", self, waiter, READ)
            told = waiter.notified
        lock._restore_(saved)
        # As in CPython, one that gave up stays among the waiters until it has the lock again; a
        # notify that meets it there is lost.
        if waiter in self._waiters_:
            self._waiters_.remove(waiter)
        return told

    def wait_for(self, predicate: Callable[[], Any], timeout: float | None = None) -> Any:
        """As in CPython."""
        execution = runtime.current()
        end: float | None = None
        left = timeout
        result = predicate()
        while not result:
            if left is not None:
                if end is None:
                    end = execution.clock.now + left
                else:
                    left = end - execution.clock.now
                    if left <= 0:
                        break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n: int = 1) -> None:
        """As in CPython, but any waiter may be the one that wakes."""
        execution = runtime.current()
        self._check_owned_(execution, "notify")
        execution.perform("notify", self, WAITERS, RELEASE)
        self._wake_(execution, n)

    def notify_all(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        self._check_owned_(execution, "notify")
        execution.perform("notify", self, WAITERS, RELEASE)
        self._wake_(execution, len(self._waiters_))

    def notifyAll(self) -> None:  # noqa: N802 - CPython's deprecated name
        """As in CPython."""
        self.notify_all()

    def _wake_(self, execution: Execution, n: int) -> None:
        """Wakes up to `n` waiters; part of an operation already announced."""
        asleep = self._waiters_
        if execution.recorder is not None:
            execution.recorder.note(min(n, len(asleep)))
        at = 0
        for left in range(min(n, len(asleep)), 0, -1):
            # Each set of as many waiters once; in which order they go on is for later.
            at += execution.choose(len(asleep) - at - left + 1)
            chosen = asleep.pop(at)
            chosen.notified = True
            execution.turned_out(None, (self, chosen, UNLOCK))
