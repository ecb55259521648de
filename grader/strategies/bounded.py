"""Iterative preemption bounding: all schedules with 0 preemptions, then 1, then 2, ...

Musuvathi and Qadeer, "Iterative context bounding for systematic testing of multithreaded
programs" (PLDI 2007). Small bounds find nearly every bug of the classic programs and give the
counterexamples that a person can read.

A preemption matters only at a shared place (`grader.strategies.places`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TypeAlias

from grader.engine.endings import Ending
from grader.engine.run import Picker, Run, Track
from grader.strategies.places import SharedPlaces

_Item: TypeAlias = tuple[int, list[int], "Track | None"]
"""A prefix to try: its preemptions, its choices, and the track of the run that it branches off."""


class Bounded:
    """Depth-first search with a growing bound on preemptions."""

    def __init__(self, most_preemptions: int | None = None) -> None:
        self.picker: Picker | None = None
        self.bound = 0  # preemptions allowed now
        self.exhausted = False
        self.most = most_preemptions  # None: any number
        self._stack: list[_Item] = [(0, [], None)]
        self._later: deque[_Item] = deque()  # beyond the bound
        self._shared: SharedPlaces[_Item] = SharedPlaces()
        self._prefix: list[int] = []
        self.track: Track | None = None
        self._cut = False

    @property
    def covered(self) -> int:
        """All schedules with up to so many preemptions have been run; -1: not even those with
        none.
        """
        if self._cut:
            return -1
        return min((item[0] for item in self._stack), default=self.bound + 1) - 1

    def next(self) -> Sequence[int] | None:
        """The next prefix within the bound; raises the bound when none is left."""
        while not self._stack:
            if not self._later:
                self.exhausted = not self._cut and self._shared.empty
                return None
            if self.most is not None and self.bound >= self.most:
                return None
            self.bound += 1
            self._stack.extend(item for item in self._later if item[0] <= self.bound)
            self._later = deque(item for item in self._later if item[0] > self.bound)
            self._stack.reverse()
        _, self._prefix, self.track = self._stack.pop()
        return self._prefix

    def learn(self, run: Run) -> None:
        """Adds the alternatives to the choices made after the prefix."""
        if run.ending in (Ending.STEP_BOUND, Ending.LIVELOCK) or run.spun:
            self._cut = True
        for item in self._shared.learn(run):
            self._add(item)
        cost = 0
        begin = len(self._prefix)
        track = Track(run)
        for index, decision in enumerate(run.decisions):
            choice = run.choices[index]
            if index >= begin:
                op = run.log[decision.at] if decision.preemptive else None
                for other in range(decision.alternatives - 1, 0, -1):
                    item = (cost + decision.preemptive, [*run.choices[:index], other], track)
                    if not self._shared.keep(item, op):
                        self._add(item)
            cost += bool(choice) and decision.preemptive

    def _add(self, item: _Item) -> None:
        if item[0] <= self.bound:
            self._stack.append(item)
        else:
            self._later.append(item)
