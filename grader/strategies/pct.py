"""Probabilistic concurrency testing: random priorities, lowered at a few random steps.

Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic
guarantees of finding bugs" (ASPLOS 2010). With n tasks, at most k steps and d - 1 changes of
priority, each schedule finds a bug of depth d with a probability of at least 1 / (n * k**(d - 1)).
(The depth is how many pairs of steps have to be in one certain order for the bug to show.)
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.engine.run import Run, Track

if TYPE_CHECKING:
    from grader.engine.execution import Execution
    from grader.engine.task import Task

FIRST_GUESS = 50  # steps, before any run has been seen


class Pct:
    """Schedules by random priorities. The same seed gives the same schedules."""

    def __init__(self, depth: int = 3, seed: int = 0, steps: int | None = None) -> None:
        """`depth` d of the bugs looked for, at least 1; `steps` k: at most so many of one run, or
        None for the most that were seen so far.
        """
        self.exhausted = False
        self.track: Track | None = None
        self.picker = self
        self._depth = depth
        self._seed = seed
        self._fixed = steps
        self._most = steps or FIRST_GUESS
        self._runs = 0
        # State of the run under way.
        self._random = random.Random()
        self._priority: dict[int, float] = {}
        self._changes: dict[int, int] = {}  # step: the priority that its task has after it
        self._step = 0

    def next(self) -> Sequence[int]:
        """Nothing is fixed from the start; there is always one more schedule."""
        self._random = random.Random(f"{self._seed}/{self._runs}")
        self._runs += 1
        self._priority = {}
        self._step = 0
        steps = range(1, self._most + 1)
        points = self._random.sample(steps, min(self._depth - 1, len(steps)))
        self._changes = {step: number for number, step in enumerate(points)}
        return []

    def learn(self, run: Run) -> None:
        """How long runs are."""
        if self._fixed is None:
            self._most = max(self._step, self._most if self._runs > 1 else 1)

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """The enabled task of the highest priority."""
        self._step += 1
        for task in enabled:
            if task.id not in self._priority:
                # Above all that the changes give, in a random order.
                self._priority[task.id] = self._depth + self._random.random()
        choice = max(range(len(enabled)), key=lambda at: self._priority[enabled[at].id])
        lowered = self._changes.get(self._step)
        if lowered is not None:
            self._priority[enabled[choice].id] = lowered
        return choice

    def choose(self, execution: Execution, alternatives: int) -> int:
        """The program's own choices have no priorities."""
        return self._random.randrange(alternatives)
