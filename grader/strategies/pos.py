"""Partial-order sampling: a random priority for each step, drawn anew after a race with it.

Yuan, Yang and Gu, "Partial order aware concurrency sampling" (CAV 2018). A random walk comes back
to a few partial orders again and again; with these priorities any order of two steps that conflict
is about as likely as the other, however long the tasks are.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.engine.operation import conflict
from grader.engine.run import Run, Track

if TYPE_CHECKING:
    from grader.engine.execution import Execution
    from grader.engine.task import Task


class Pos:
    """Schedules by random priorities of steps. The same seed gives the same schedules."""

    def __init__(self, seed: int = 0) -> None:
        self.exhausted = False
        self.track: Track | None = None
        self.picker = self
        self._random = random.Random(seed)
        self._priority: dict[int, float] = {}  # of the next step of each task
        self._seen = 0  # steps of the run under way whose races are known

    def next(self) -> Sequence[int]:
        """Nothing is fixed from the start; there is always one more schedule."""
        self._priority = {}
        self._seen = 0
        return []

    def learn(self, run: Run) -> None:
        """Nothing."""

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """The task whose next step has the highest priority."""
        for op in execution.log[self._seen :]:
            self._priority.pop(op[0].id, None)
            for task in execution.live:
                if task.id in self._priority and conflict(op, task.op):
                    del self._priority[task.id]
        self._seen = len(execution.log)
        for task in enabled:
            if task.id not in self._priority:
                self._priority[task.id] = self._random.random()
        return max(range(len(enabled)), key=lambda at: self._priority[enabled[at].id])

    def choose(self, execution: Execution, alternatives: int) -> int:
        """The program's own choices have no priorities."""
        return self._random.randrange(alternatives)
