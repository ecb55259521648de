"""`threading.Event` and `threading.Barrier`, under control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, RELEASE, WRITE


class Event:
    """A flag that tasks can wait for."""

    _controlled_ = True

    def __init__(self) -> None:
        self._flag_ = False
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def __repr__(self) -> str:
        return f"<threading.Event: {'set' if self._flag_ else 'unset'}>"

    def is_set(self) -> bool:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("is-set", self, None, READ)
        if execution.recorder is not None:
            execution.recorder.note(self._flag_)
        return self._flag_

    isSet = is_set  # noqa: N815 - CPython's deprecated name

    def _is_set_(self) -> bool:
        return self._flag_

    def set(self) -> None:
        """As in CPython."""
        runtime.current().perform("set", self, None, RELEASE)
        self._flag_ = True

    def clear(self) -> None:
        """As in CPython."""
        runtime.current().perform("clear", self, None, WRITE)
        self._flag_ = False

    def wait(self, timeout: float | None = None) -> bool:
        """As in CPython: True unless the time ran out."""
        execution = runtime.current()
        deadline = None if timeout is None else execution.clock.now + max(timeout, 0)
        return execution.perform(
            "wait", self, None, READ | NEEDS_FREE, ready=self._is_set_, deadline=deadline
        )


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
        self._count_ = 0  # tasks waiting in the filling round
        self._round_ = _Round()
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def __repr__(self) -> str:
        if self.broken:
            return "<threading.Barrier: broken>"
        return f"<threading.Barrier: waiters={self.n_waiting}/{self.parties}>"

    def wait(self, timeout: float | None = None) -> int:
        """As in CPython: the index of the caller within its round."""
        execution = runtime.current()
        if timeout is None:
            timeout = self._timeout
        # A new round begins only when all have left the one before, as in CPython.
        execution.perform("arrive", self, None, WRITE, ready=lambda: not self._round_.draining)
        this = self._round_
        if this.broken:
            raise BrokenBarrierError
        index = self._count_
        self._count_ += 1
        if self._count_ == self._parties:
            try:
                if self._action is not None:
                    self._action()
            except BaseException:
                this.broken = True
                raise
            this.draining = True
        else:
            deadline = None if timeout is None else execution.clock.now + max(timeout, 0)
            if not execution.perform(
                "wait", self, None, WRITE,
                ready=lambda: this.draining or this.broken, deadline=deadline,
            ):  # fmt: skip
                this.broken = True
            if this.broken:
                self._leave(this)
                raise BrokenBarrierError
        self._leave(this)
        return index

    def _leave(self, this: _Round) -> None:
        self._count_ -= 1
        if self._count_ == 0 and this.draining:
            self._round_ = _Round()

    def reset(self) -> None:
        """As in CPython: tasks that wait get `BrokenBarrierError`; the barrier is new."""
        runtime.current().perform("reset", self, None, WRITE)
        if self._count_ and not self._round_.draining:
            self._round_.broken = True
        self._round_ = _Round()
        self._count_ = 0

    def abort(self) -> None:
        """As in CPython: the barrier stays broken."""
        runtime.current().perform("abort", self, None, WRITE)
        self._round_.broken = True

    @property
    def parties(self) -> int:
        """As in CPython."""
        return self._parties

    @property
    def n_waiting(self) -> int:
        """As in CPython."""
        runtime.current().perform("read", self, None, READ)
        return 0 if self._round_.draining else self._count_

    @property
    def broken(self) -> bool:
        """As in CPython."""
        runtime.current().perform("read", self, None, READ)
        return self._round_.broken


class _Round:
    __slots__ = ("broken", "draining")

    def __init__(self) -> None:
        self.broken = False
        self.draining = False
