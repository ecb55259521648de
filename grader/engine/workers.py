"""Greenlets that are used again: one task after another, one execution after another.

Starting a greenlet costs CPython a new stack for its frames, some ten times as much as a switch;
every schedule has tasks, and there are thousands of schedules.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import greenlet

from grader.engine.task import Abandoned

MOST = 64  # that wait for work


class Worker:
    """A greenlet that does one job after another, and goes back to its hub after each."""

    __slots__ = ("greenlet", "idle", "job")

    def __init__(self, hub: Any) -> None:
        self.job: Callable[[], None] | None = None
        self.idle = True  # it waits for a job, or has one that has not begun
        self.greenlet: Any = greenlet.greenlet(self._work, parent=hub)

    def _work(self) -> None:
        hub = self.greenlet.parent
        while True:
            self._do()
            self.idle = True
            hub.switch()

    def _do(self) -> None:
        job, self.job = self.job, None
        self.idle = False
        assert job is not None
        with contextlib.suppress(Abandoned):  # the end of a task whose execution is over
            job()


class Workers:
    """Those of one hub (the greenlet that calls `Execution.run`) that have nothing to do."""

    def __init__(self, hub: Any) -> None:
        self.hub = hub
        self._idle: list[Worker] = []

    def take(self, job: Callable[[], None]) -> Worker:
        """A worker that begins the job when it is switched to."""
        worker = self._idle.pop() if self._idle else Worker(self.hub)
        worker.greenlet.gr_context = None  # context variables of its own, as a thread has
        worker.job = job
        return worker

    def give_back(self, worker: Worker) -> None:
        """The worker's task is over. One that is still in the middle of it is no use."""
        worker.job = None
        if worker.idle and len(self._idle) < MOST:
            self._idle.append(worker)


_known: list[Workers] = []


def workers() -> Workers:
    """The workers of the greenlet that asks."""
    hub = greenlet.getcurrent()
    if not _known or _known[0].hub is not hub:
        _known[:] = [Workers(hub)]
    return _known[0]
