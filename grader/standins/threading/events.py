"""`threading.Event`, under control.

A `set` wakes those that wait, even if somebody clears the flag before they go on, as in CPython.
So a wait has two steps: a look at the flag, and, where it is not set, the wake-up.
"""

from __future__ import annotations

from typing import Final

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, RELEASE, UNLOCK, WRITE
from grader.engine.part import Part
from grader.standins.threading.condition import Waiter

FLAG: Final = Part("flag")


class Event:
    """A flag that tasks can wait for."""

    _controlled_ = True

    def __init__(self) -> None:
        self._flag_ = False
        self._waiters_: list[Waiter] = []
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def __repr__(self) -> str:
        return f"<threading.Event: {'set' if self._flag_ else 'unset'}>"

    def _look_(self, kind: str) -> bool:
        execution = runtime.current()
        execution.perform(kind, self, FLAG, READ)
        if execution.recorder is not None:
            execution.recorder.note(self._flag_)
        return self._flag_

    def is_set(self) -> bool:
        """As in CPython."""
        return self._look_("is-set")

    def isSet(self) -> bool:  # noqa: N802 - CPython's deprecated name
        """As in CPython."""
        return self.is_set()

    def set(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("set", self, FLAG, RELEASE)
        self._flag_ = True
        for waiter in self._waiters_:
            waiter.notified = True
            execution.turned_out(None, (self, waiter, UNLOCK))
        self._waiters_.clear()

    def clear(self) -> None:
        """As in CPython."""
        runtime.current().perform("clear", self, FLAG, WRITE)
        self._flag_ = False

    def wait(self, timeout: float | None = None) -> bool:
        """As in CPython: True unless the time ran out."""
        if self._look_("wait"):
            return True
        if timeout is not None and timeout <= 0:
            return False
        execution = runtime.current()
        waiter = Waiter()
        self._waiters_.append(waiter)
        told = execution.perform(
            "wake", self, waiter, READ | NEEDS_FREE, ready=waiter.is_notified,
            deadline=None if timeout is None else execution.clock.now + timeout,
        )  # fmt: skip
        if not waiter.notified:
            self._waiters_.remove(waiter)
        return told
