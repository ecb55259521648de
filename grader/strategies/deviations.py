"""The schedules nearest to the plain one first: those with 0 deviations from it, then 1, then 2.

Emmi, Qadeer and Rakamaric, "Delay-bounded scheduling" (POPL 2011): take a deterministic scheduler,
and bound how often a schedule departs from it. Ours goes on with the running task, and takes the
next in turn where that one cannot; each other choice is one deviation, of whatever kind. (Theirs
costs as much as the number of tasks that it passes over, which puts the last of many tasks out of
reach.) With a bound of 1 there are about as many schedules as choices in one run, whereas n tasks
have n! schedules without any preemption.

Preemptions matter only at shared places (`grader.strategies.places`). Those right before a step
that only lets others go on (a release, the start of a task) come last among schedules with as many
deviations: until then the others can do little that they could not do right after it. Otherwise
what comes first in a run is tried first.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import TypeAlias

from grader.engine.endings import Ending
from grader.engine.operation import SURELY
from grader.engine.run import Picker, Run, Track
from grader.strategies.places import SharedPlaces

_Item: TypeAlias = tuple[int, bool, list[int], int, int, Track]
"""A prefix to try: its deviations, whether it comes last among those with as many, the choices of
the run that it branches off, how many of them it makes, its last choice, and that run's track.
"""


class Deviations:
    """Search by number of deviations, breadth first."""

    def __init__(self) -> None:
        self.picker: Picker | None = None
        self.exhausted = False
        self.track: Track | None = None
        self._heap: list[tuple[int, bool, int, _Item]] = []
        self._count = 0  # items made: equals are tried in this order
        self._shared: SharedPlaces[_Item] = SharedPlaces()
        self._deviations = 0  # of the prefix
        self._prefix: list[int] = []
        self._begun = False
        self._cut = False

    def next(self) -> Sequence[int] | None:
        """A prefix with the fewest deviations."""
        if not self._begun:
            self._begun = True
            return self._prefix
        if not self._heap:
            self.exhausted = not self._cut and self._shared.empty
            return None
        *_, (self._deviations, _, choices, made, last, self.track) = heapq.heappop(self._heap)
        self._prefix = [*choices[:made], last]
        return self._prefix

    def learn(self, run: Run) -> None:
        """Adds the alternatives to the choices made after the prefix, each one deviation more."""
        if run.ending in (Ending.STEP_BOUND, Ending.LIVELOCK) or run.spun:
            self._cut = True
        for item in self._shared.learn(run):
            self._add(item)
        track = Track(run)
        for index in range(len(self._prefix), len(run.decisions)):
            decision = run.decisions[index]
            op = run.log[decision.at] if decision.preemptive else None
            last = op is not None and bool(op[4] & SURELY)
            for other in range(1, decision.alternatives):
                item = (self._deviations + 1, last, run.choices, index, other, track)
                if not self._shared.keep(item, op):
                    self._add(item)

    def _add(self, item: _Item) -> None:
        self._count += 1
        heapq.heappush(self._heap, (item[0], item[1], self._count, item))
