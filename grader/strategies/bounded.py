"""Iterative preemption bounding: all schedules with 0 preemptions, then 1, then 2, ...

Musuvathi and Qadeer, "Iterative context bounding for systematic testing of multithreaded
programs" (PLDI 2007). Small bounds find nearly every bug of the classic programs and give the
counterexamples that a person can read.

A preemption matters only right before an operation on something that two tasks share and one of
them changes. Which those are is learned from the runs themselves: candidates at other places wait
until their place turns out to be shared.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TypeAlias

from grader.engine.endings import Ending
from grader.engine.operation import KILLS, MODE, TASK, WRITE, Operation, footprints, kills
from grader.engine.run import Picker, Run, Track

Place: TypeAlias = tuple[str, str, str]
"""A stable name for what an operation touches: (class of the subject, key, kind of task step)."""


_Item: TypeAlias = tuple[int, list[int], "Track | None"]
"""A prefix to try: its preemptions, its choices, and the track of the run that it branches off."""


class Bounded:
    """Depth-first search with a growing bound on preemptions."""

    picker: Picker | None = None

    def __init__(self, most_preemptions: int | None = None) -> None:
        self.bound = 0  # preemptions allowed now
        self.exhausted = False
        self._most = most_preemptions
        self._stack: list[_Item] = [(0, [], None)]
        self._later: deque[_Item] = deque()  # beyond the bound
        self._waiting: dict[Place, list[_Item]] = {}
        self._shared: set[Place] = set()
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
                self.exhausted = not self._cut and not any(self._waiting.values())
                return None
            if self._most is not None and self.bound >= self._most:
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
        self._learn_shared(run.log)
        if run.pending and run.ending in (Ending.FINISHED, Ending.EXCEPTION):
            # It ended before all had come to their shared places: any place may be one.
            self._share({_place(op) for op in run.log} - self._shared)
        cost = 0
        begin = len(self._prefix)
        track = Track(run)
        for index, decision in enumerate(run.decisions):
            choice = run.choices[index]
            if index >= begin:
                for other in range(decision.alternatives - 1, 0, -1):
                    item = (cost + decision.preemptive, [*run.choices[:index], other], track)
                    place = _place(run.log[decision.at]) if decision.preemptive else None
                    if place is not None and place not in self._shared:
                        self._waiting.setdefault(place, []).append(item)
                    else:
                        self._add(item)
            cost += bool(choice) and decision.preemptive

    def _add(self, item: _Item) -> None:
        if item[0] <= self.bound:
            self._stack.append(item)
        else:
            self._later.append(item)

    def _learn_shared(self, log: list[Operation]) -> None:
        seen: dict[tuple[int, object], tuple[object, bool, set[Place]]] = {}
        fresh: set[Place] = set()
        for op in log:
            place = _place(op)
            for subject, _, mode in footprints(op):
                if subject is None:
                    continue
                task, writes, places = seen.get((id(subject), None), (op[TASK], False, set()))
                places.add(place)
                writes = writes or bool(mode & WRITE)
                if task is not op[TASK]:
                    task = None
                seen[(id(subject), None)] = (task, writes, places)
        for kill in log:
            if kill[4] & KILLS:  # it matters wherever its victim is
                fresh.update(_place(op) for op in log if op is kill or kills(kill, op[0]))
        fresh -= self._shared
        for task, writes, places in seen.values():
            if task is None and writes:
                fresh |= places - self._shared
        self._share(fresh)

    def _share(self, fresh: set[Place]) -> None:
        self._shared |= fresh
        for place in sorted(fresh):
            for item in self._waiting.pop(place, ()):
                self._add(item)


def _place(op: Operation) -> Place:
    _, kind, subject, key, _, _ = op
    if kind in ("begin", "end"):
        return ("", "", kind)  # between tasks nothing is shared: never a place to preempt
    return (type(subject).__name__, key if isinstance(key, str) else "", kind)


__all__ = ["MODE", "Bounded"]
