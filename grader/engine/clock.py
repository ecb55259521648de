"""The virtual clock: nobody waits for a real one.

Every task has a time of its own, which its sleeps and its looks at the clock advance. When two
tasks meet (one touches what the other has touched before, and one of them has changed it), the
later one is at least as late as the other: Lamport, "Time, clocks, and the ordering of events in
a distributed system" (CACM 1978). So what a task reads depends on nothing but what happened
before it, and equivalent schedules show equal times. When nothing can run but a wait that
expires, the time of that is everybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.engine.operation import WRITE, footprints

if TYPE_CHECKING:
    from grader.engine.execution import Execution
    from grader.engine.operation import Operation

EPOCH = 1_700_000_000.0  # what time.time() says when a schedule begins; seconds


class Clock:
    """Virtual seconds since the execution began, as the running task sees them. Reading them
    costs a little time, as in life, so a loop that only looks at the clock comes to its end.
    """

    __slots__ = ("_execution", "_floor", "_met", "_seen")

    TICK = 1e-6

    def __init__(self, execution: Execution) -> None:
        self._execution = execution
        self._floor = 0.0  # nobody's time is before this
        self._seen: int | None = None  # events taken into account; None: all times are the floor
        # By subject and key: when it was last changed, and last looked at.
        self._met: dict[int, dict[object, tuple[float, float]]] = {}

    @property
    def now(self) -> float:
        """The time of the running task, in seconds."""
        if self._seen is None:
            return self._floor
        log = self._execution.log
        while self._seen < len(log):
            self._meet(log[self._seen])
            self._seen += 1
        return max(self._floor, self._execution.running.time)

    def read(self) -> float:
        """The time now, in seconds; the next reading is later."""
        now = self.now + self.TICK
        self.reach(now)
        return now

    def reach(self, moment: float) -> None:
        """The running task goes on at `moment`, unless that is past."""
        if moment > self.now:
            if self._seen is None:
                self._seen = len(self._execution.log)
            self._execution.running.time = moment

    def jump(self, moment: float) -> None:
        """Everybody goes on at `moment` or later."""
        self._floor = max(self._floor, moment)

    def _meet(self, event: Operation) -> None:
        """The task of the event is not before those that it meets there."""
        task = event[0]
        time = max(self._floor, task.time)
        touched = [one for one in footprints(event) if one[0] is not None]
        for subject, key, mode in touched:
            times = self._met.get(id(subject), {})
            keys = list(times) if key is None else [key, None]
            for one in keys:
                changed, seen = times.get(one, (0.0, 0.0))
                time = max(time, changed, seen if mode & WRITE else 0.0)
        task.time = time
        for subject, key, mode in touched:
            times = self._met.setdefault(id(subject), {})
            changed, seen = times.get(key, (0.0, 0.0))
            times[key] = (time, seen) if mode & WRITE else (changed, max(seen, time))
