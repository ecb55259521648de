"""Data races: two accesses that nothing orders, found in one recorded run.

An access happens before another one if program order, the start or end of a task, or stand-ins
(a lock given back and taken again, an item put and got) lead from it to the other. Lamport's
relation by vector clocks; the detection is that of Pozniansky and Schuster, "Efficient on-the-fly
data race detection in multithreaded C++ programs" (PPoPP 2003). A race need not be a bug.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from grader.engine.operation import FREES, NEEDS_FREE, WRITE, Operation, footprints
from grader.engine.task import Task

Clock: TypeAlias = dict[int, int]  # task -> how many of its steps are known


@dataclass(slots=True)
class _Place:
    """What was last done to one place: by whom, at which of their steps, and which step it is."""

    write: tuple[int, int, int] | None = None
    reads: dict[int, tuple[int, int]] = field(default_factory=dict)


class HappensBefore:
    """Watches the steps of one run. `races` has pairs of steps, by index: the earlier first."""

    def __init__(self) -> None:
        self.races: list[tuple[int, int]] = []
        self._clocks: dict[int, Clock] = {}
        self._shared: dict[int, Clock] = {}  # what is known to who uses a stand-in
        self._places: dict[int, dict[object, _Place]] = {}
        self._kept: list[object] = []  # so that ids stay theirs

    def record(self, op: Operation, index: int, *, data: bool) -> None:
        """The next step. `data`: it reads or writes a variable, an attribute or an item."""
        task, kind, subject, key, mode, also = op
        clock = self._clocks.setdefault(task.id, {})
        clock[task.id] = clock.get(task.id, 0) + 1
        synchronising = also if data else footprints(op)
        for each, _, how in synchronising:
            if isinstance(each, Task):
                self._meet(clock, each, starts=kind == "start")
            elif each is not None:
                self._use(clock, each, how)
        if data and subject is not None:
            self._access(task.id, clock, subject, key, index, writes=bool(mode & WRITE))

    def _meet(self, clock: Clock, other: Task, *, starts: bool) -> None:
        """A task begins with what its starter knew; who has seen its end knows what it did."""
        if starts:
            self._clocks[other.id] = {**clock, other.id: 0}
        elif other.finished:
            _join(clock, self._clocks.get(other.id, {}))

    def _use(self, clock: Clock, thing: object, how: int) -> None:
        known = self._shared.get(id(thing))
        if known is None:
            self._kept.append(thing)
            known = self._shared[id(thing)] = {}
        if not how & FREES or how & NEEDS_FREE:
            _join(clock, known)
        if how & WRITE and not (how & NEEDS_FREE and not how & FREES):
            _join(known, clock)

    def _access(
        self, task: int, clock: Clock, thing: object, key: object, index: int, *, writes: bool
    ) -> None:
        places = self._places.get(id(thing))
        if places is None:
            self._kept.append(thing)
            places = self._places[id(thing)] = {}
        mine = places.setdefault(key, _Place())
        whole = places.get(None)
        touched = list(places.values()) if key is None else [mine, *([whole] if whole else [])]
        for place in touched:
            earlier = [place.write] if place.write is not None else []
            if writes:
                earlier += [(other, time, at) for other, (time, at) in place.reads.items()]
            for other, time, at in earlier:
                if other != task and clock.get(other, 0) < time:
                    self.races.append((at, index))
        if writes:
            mine.write = (task, clock[task], index)
            mine.reads.clear()
        else:
            mine.reads[task] = (clock[task], index)


def _join(clock: Clock, other: Clock) -> None:
    for task, time in other.items():
        if clock.get(task, 0) < time:
            clock[task] = time
