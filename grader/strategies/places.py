"""Where it matters who comes first: the operations on what two tasks share and one of them changes.

Which those are is learned from the runs themselves. A search that tries preemptions keeps those at
other places until their place turns out to be shared.
"""

from __future__ import annotations

from typing import Generic, TypeAlias, TypeVar

from grader.engine.endings import Ending
from grader.engine.operation import KILLS, TASK, WRITE, Operation, footprints, kills
from grader.engine.run import Run

Place: TypeAlias = tuple[str, str, str]
"""A stable name for what an operation touches: (class of the subject, key, kind of task step)."""


def place_of(op: Operation) -> Place:
    """Where the operation is."""
    _, kind, subject, key, _, _ = op
    if kind in ("begin", "end"):
        return ("", "", kind)  # between tasks nothing is shared: never a place to preempt
    return (type(subject).__name__, key if isinstance(key, str) else "", kind)


_Item = TypeVar("_Item")


class SharedPlaces(Generic[_Item]):
    """The places that were seen to be shared, in any run so far, and alternatives that wait for
    others to be.
    """

    def __init__(self) -> None:
        self._shared: set[Place] = set()
        self._waiting: dict[Place, list[_Item]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not any(self._waiting.values())

    def keep(self, item: _Item, op: Operation | None) -> bool:
        """Keeps the alternative if it preempts at a place that is not shared. Whether it does."""
        place = place_of(op) if op is not None else None
        if place is None or place in self._shared:
            return False
        self._waiting.setdefault(place, []).append(item)
        return True

    def learn(self, run: Run) -> list[_Item]:
        """Takes in what the run shows. Returns what has waited for it."""
        fresh = self._seen_in(run.log)
        if run.pending and run.ending in (Ending.FINISHED, Ending.EXCEPTION):
            # It ended before all had come to their shared places: any place may be one.
            fresh.update(place_of(op) for op in run.log)
        fresh -= self._shared
        self._shared |= fresh
        return [item for place in sorted(fresh) for item in self._waiting.pop(place, ())]

    def _seen_in(self, log: list[Operation]) -> set[Place]:
        seen: dict[int, tuple[object, bool, set[Place]]] = {}
        shared: set[Place] = set()
        for op in log:
            place = place_of(op)
            for subject, _, mode in footprints(op):
                if subject is None:
                    continue
                task, writes, places = seen.get(id(subject), (op[TASK], False, set()))
                places.add(place)
                writes = writes or bool(mode & WRITE)
                if task is not op[TASK]:
                    task = None
                seen[id(subject)] = (task, writes, places)
        for kill in log:
            if kill[4] & KILLS:  # it matters wherever its victim is
                shared.update(place_of(op) for op in log if op is kill or kills(kill, op[0]))
        for task, writes, places in seen.values():
            if task is None and writes:
                shared |= places
        return shared
