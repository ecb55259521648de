"""`multiprocessing.Barrier`, under control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.engine import runtime
from grader.engine.operation import READ, WRITE
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.pickling import Arrival, check_spawning, dumps, loads
from grader.standins.multiprocessing.world import created, deadline_of
from grader.standins.threading.barrier import BrokenBarrierError


class _Round:
    __slots__ = ("broken", "draining")

    def __init__(self) -> None:
        self.broken = False
        self.draining = False


class _Shared:
    """What the processes of one barrier have in common."""

    _controlled_ = True
    __slots__ = ("count", "parties", "round")

    def __init__(self, parties: int) -> None:
        self.parties = parties
        self.count = 0  # tasks waiting in the filling round, or leaving the full one
        self.round = _Round()


class Barrier:
    """A meeting point for a fixed number of processes, round after round. Each process has its
    own copy of the action.
    """

    _controlled_ = True
    __slots__ = ("__weakref__", "_action", "_core_", "_timeout")

    def __init__(
        self, parties: int, action: Callable[[], Any] | None = None, timeout: float | None = None
    ) -> None:
        if parties < 1:
            raise ValueError("parties must be >= 1")
        self._core_ = _Shared(parties)
        self._action = action
        self._timeout = timeout
        created(self)

    def _travel_(self, child: Modelled | None) -> Arrival:
        check_spawning(self, child)
        shared, action, timeout = self._core_, dumps(self._action, child), self._timeout

        def arrive() -> Barrier:
            barrier = Barrier.__new__(Barrier)
            barrier._core_ = shared
            barrier._action = loads(action)
            barrier._timeout = timeout
            return barrier

        return arrive

    def __repr__(self) -> str:
        if self.broken:
            return "<multiprocessing.synchronize.Barrier: broken>"
        waiters = f"{self.n_waiting}/{self.parties}"
        return f"<multiprocessing.synchronize.Barrier: waiters={waiters}>"

    def wait(self, timeout: float | None = None) -> int:
        """As in CPython: the index of the caller within its round."""
        execution = runtime.current()
        shared = self._core_
        limit = self._timeout if timeout is None else timeout
        # A new round begins only when all have left the one before, as in CPython.
        execution.perform("arrive", shared, None, WRITE, ready=lambda: not shared.round.draining)
        this = shared.round
        if this.broken:
            raise BrokenBarrierError
        index = shared.count
        shared.count += 1
        if shared.count == shared.parties:
            try:
                if self._action is not None:
                    self._action()
            except BaseException:
                this.broken = True
                raise
            this.draining = True
        else:
            if not execution.perform(
                "wait", shared, None, WRITE,
                ready=lambda: this.draining or this.broken, deadline=deadline_of(limit),
            ):  # fmt: skip
                this.broken = True
            if this.broken:
                self._leave_(this)
                raise BrokenBarrierError
        self._leave_(this)
        return index

    def _leave_(self, this: _Round) -> None:
        shared = self._core_
        if this is not shared.round:
            return  # it was reset meanwhile
        shared.count -= 1
        if shared.count == 0 and this.draining:
            shared.round = _Round()

    def reset(self) -> None:
        """As in CPython: tasks that wait get `BrokenBarrierError`; the barrier is new."""
        shared = self._core_
        runtime.current().perform("reset", shared, None, WRITE)
        if shared.count and not shared.round.draining:
            shared.round.broken = True
        shared.round = _Round()
        shared.count = 0

    def abort(self) -> None:
        """As in CPython: the barrier stays broken."""
        runtime.current().perform("abort", self._core_, None, WRITE)
        self._core_.round.broken = True

    @property
    def parties(self) -> int:
        """As in CPython."""
        return self._core_.parties

    @property
    def n_waiting(self) -> int:
        """As in CPython."""
        runtime.current().perform("read", self._core_, None, READ)
        return 0 if self._core_.round.draining else self._core_.count

    @property
    def broken(self) -> bool:
        """As in CPython."""
        runtime.current().perform("read", self._core_, None, READ)
        return self._core_.round.broken


__all__ = ["Barrier", "BrokenBarrierError"]
