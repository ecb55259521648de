"""`threading.Barrier`, under control: the states and their changes are CPython's.

What conflicts with what: those that leave a round only look at the state and commute; the last of
them opens the barrier for the next round, which only those that arrive are kept from.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import FREES, NEEDS_FREE, READ, RELEASE, UNLOCK, WRITE
from grader.engine.part import Part

STATE: Final = Part("state")
GATE: Final = Part("gate")


class _State(enum.Enum):
    FILLING = 0
    DRAINING = 1
    RESETTING = -1
    BROKEN = -2


_CLOSED: Final = (_State.DRAINING, _State.RESETTING)
_BAD: Final = (_State.RESETTING, _State.BROKEN)


class BrokenBarrierError(RuntimeError):
    """As in CPython."""


BrokenBarrierError.__module__ = "threading"


class Barrier:
    """A meeting point for a fixed number of tasks, round after round."""

    _controlled_ = True

    def __init__(
        self, parties: int, action: Callable[[], Any] | None = None, timeout: float | None = None
    ) -> None:
        if parties < 1:
            raise ValueError("parties must be >= 1")
        self._parties = parties
        self._action = action
        self._timeout = timeout
        self._count_ = 0  # tasks between their arrival and their leaving
        self._state_ = _State.FILLING
        self._acting_ = False  # the action runs, with the barrier's lock held
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def __repr__(self) -> str:
        if self.broken:
            return "<threading.Barrier: broken>"
        return f"<threading.Barrier: waiters={self.n_waiting}/{self.parties}>"

    # -- waiting -----------------------------------------------------------------------------

    def _may_arrive_(self) -> bool:
        return not self._acting_ and self._state_ not in _CLOSED

    def _may_leave_(self) -> bool:
        return not self._acting_ and self._state_ is not _State.FILLING

    def _open_(self) -> bool:
        return not self._acting_

    def wait(self, timeout: float | None = None) -> int:
        """As in CPython: the index of the caller within its round."""
        execution = runtime.current()
        if timeout is None:
            timeout = self._timeout
        execution.perform(
            "arrive", self, STATE, WRITE | FREES, ready=self._may_arrive_,
            also=((self, GATE, READ | NEEDS_FREE),),
        )  # fmt: skip
        if self._state_ is _State.BROKEN:
            execution.touched((self, STATE, READ))
            raise BrokenBarrierError
        index = self._count_
        self._count_ += 1
        try:
            if index + 1 == self._parties:
                self._release_(execution)
            else:
                self._wait_(execution, timeout)
        finally:
            self._leave_(execution)
        return index

    def _release_(self, execution: Execution) -> None:
        """The last one to arrive runs the action and lets the others go."""
        begun = len(execution.log)
        self._acting_ = True
        try:
            if self._action is not None:
                self._action()
        except BaseException:
            self._state_ = _State.BROKEN
            raise
        else:
            self._state_ = _State.DRAINING
        finally:
            if len(execution.log) != begun and not execution.over:
                execution.perform("unlock", self, None, UNLOCK)
            self._acting_ = False

    def _wait_(self, execution: Execution, timeout: float | None) -> None:
        if timeout is not None and timeout <= 0:
            execution.perform("wait", self, STATE, WRITE | FREES, ready=self._open_)
        else:
            # One that gives up breaks the barrier, so a timed wait may change it.
            deadline = None if timeout is None else execution.clock.now + timeout
            mode = READ if timeout is None else WRITE | FREES
            execution.perform("wait", self, STATE, mode, ready=self._may_leave_, deadline=deadline)
            if self._acting_:  # the time ran out just then
                execution.perform("wait", self, STATE, mode, ready=self._open_)
        if self._state_ is _State.FILLING:
            self._state_ = _State.BROKEN
            raise BrokenBarrierError
        execution.touched((self, STATE, READ))
        if self._state_ in _BAD:
            raise BrokenBarrierError

    def _leave_(self, execution: Execution) -> None:
        self._count_ -= 1
        if self._count_ == 0 and self._state_ in _CLOSED and not execution.over:
            self._state_ = _State.FILLING
            execution.turned_out(None, (self, GATE, RELEASE))

    # -- the rest ----------------------------------------------------------------------------

    def reset(self) -> None:
        """As in CPython: tasks that wait get `BrokenBarrierError`; then the barrier is as new."""
        runtime.current().perform("reset", self, None, RELEASE, ready=self._open_)
        if self._count_ == 0:
            self._state_ = _State.FILLING
        elif self._state_ is not _State.DRAINING:
            self._state_ = _State.RESETTING

    def abort(self) -> None:
        """As in CPython: the barrier stays broken."""
        runtime.current().perform("abort", self, None, RELEASE, ready=self._open_)
        self._state_ = _State.BROKEN

    @property
    def parties(self) -> int:
        """As in CPython."""
        return self._parties

    @property
    def n_waiting(self) -> int:
        """As in CPython."""
        runtime.current().perform("read", self, None, READ)
        return self._count_ if self._state_ is _State.FILLING else 0

    @property
    def broken(self) -> bool:
        """As in CPython."""
        runtime.current().perform("read", self, None, READ)
        return self._state_ is _State.BROKEN
