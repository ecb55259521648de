"""One run again, its steps in another order that is equivalent, with as few preemptions as can be.

After Jalbert and Sen, "A trace simplification technique for effective debugging of concurrent
programs" (FSE 2010), who shorten a schedule by moving steps. Here the steps that conflict stay in
their order, so the run ends as it did, and a shortest-path search joins what each task does: it
lets a task go on for as long as it can, and then tries every other one.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from grader.engine.operation import FREES, NEEDS_FREE, WRITE, Operation, conflict, footprints
from grader.engine.run import Run, Track

if TYPE_CHECKING:
    from grader.engine.execution import Execution
    from grader.engine.task import Task

MOST_STEPS = 400  # of a run: each is compared with each
MOST_STATES = 5_000  # that the search looks at; the time for it is that of some ten schedules

_Done: TypeAlias = dict[int, int]
"""How many steps of each task have been made."""


class Reordered:
    """One schedule, or none where the search does not come to its end."""

    def __init__(self, run: Run) -> None:
        self.exhausted = False
        self.track: Track | None = None
        self.picker = self
        self._order: Sequence[int] | None = fewest_preemptions(run)
        self._begun = False

    def next(self) -> Sequence[int] | None:
        """Nothing is fixed from the start; there is one schedule."""
        if self._order is None or self._begun:
            return None
        self._begun = True
        return []

    def learn(self, run: Run) -> None:
        """Nothing: there is no other schedule."""

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """The task whose step is next in the order; should that fail, the default."""
        assert self._order is not None
        at = len(execution.log)
        wanted = self._order[at] if at < len(self._order) else -1
        return next((index for index, task in enumerate(enabled) if task.id == wanted), 0)

    def choose(self, execution: Execution, alternatives: int) -> int:
        """The program's own choices are not looked at."""
        return 0


def fewest_preemptions(run: Run) -> list[int] | None:
    """The tasks of the steps, in such an order. Whether a task could have gone on where it is left
    is a guess, from what its next step needs: only a run can tell.
    """
    if run.barriers or not 0 < len(run.log) <= MOST_STEPS:
        return None
    steps = _Steps(run)
    number = count()
    first = run.log[0][0].id
    heap = [(0, 0, next(number), *steps.go_on(dict.fromkeys(steps.of, 0), first), first)]
    seen: set[tuple[tuple[int, ...], int]] = set()
    while heap and len(seen) < MOST_STATES:
        preemptions, switches, _, done, order, current = heapq.heappop(heap)
        if len(order) == len(run.log):
            return order
        state = (tuple(done.values()), current)
        if state in seen:
            continue
        seen.add(state)
        cost = preemptions + steps.could_go_on(done, current)
        for task in steps.of:
            if task != current and steps.ready(done, task):
                further, more = steps.go_on(done, task)
                heapq.heappush(
                    heap, (cost, switches + 1, next(number), further, order + more, task)
                )
    return None


class _Steps:
    """The steps of a run, and what each has to come after."""

    def __init__(self, run: Run) -> None:
        self.of: dict[int, list[Operation]] = {}  # each task's steps
        self._after: dict[int, list[_Done]] = {}  # for each of these: what has to be done first
        self._pending = {op[0].id: op for op in run.pending}
        self._writes: dict[int, list[tuple[int, int, int]]] = {}  # subject: (task, number, mode)
        earlier: list[tuple[int, int, Operation]] = []
        for op in run.log:
            task = op[0].id
            number = len(self.of.setdefault(task, []))
            after: _Done = {}
            for other, its_number, its_op in earlier:
                if other != task and conflict(its_op, op):
                    after[other] = its_number + 1
            self.of[task].append(op)
            self._after.setdefault(task, []).append(after)
            earlier.append((task, number, op))
            for subject, _, mode in footprints(op):
                if mode & WRITE:
                    self._writes.setdefault(id(subject), []).append((task, number, mode))

    def ready(self, done: _Done, task: int) -> bool:
        """Whether all that the task's next step has to come after is done."""
        number = done[task]
        return number < len(self.of[task]) and all(
            done[other] >= least for other, least in self._after[task][number].items()
        )

    def go_on(self, done: _Done, task: int) -> tuple[_Done, list[int]]:
        """The task makes as many steps as it can: what is done then, and the steps' tasks."""
        done = dict(done)
        before = done[task]
        while self.ready(done, task):
            done[task] += 1
        return done, [task] * (done[task] - before)

    def could_go_on(self, done: _Done, task: int) -> bool:
        """Whether it is a preemption to leave the task here."""
        number = done[task]
        to_come = self.of[task][number] if number < len(self.of[task]) else self._pending.get(task)
        if to_come is None:
            return False
        for subject, _, mode in footprints(to_come):
            if not mode & NEEDS_FREE:
                continue
            if not mode & WRITE:
                return False  # it waits for something to happen, which has not
            writes = self._writes.get(id(subject), ())
            made = [its for other, position, its in writes if position < done[other]]
            if made and not made[-1] & FREES:
                return False  # somebody has it
        return True
