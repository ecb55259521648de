"""Any of the tasks that can run, with equal probability: what the other searches have to beat."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.engine.run import Run, Track

if TYPE_CHECKING:
    from grader.engine.execution import Execution
    from grader.engine.task import Task


class RandomWalk:
    """Schedules by chance. The same seed gives the same schedules."""

    def __init__(self, seed: int = 0) -> None:
        self.exhausted = False
        self.track: Track | None = None
        self.picker = self
        self._random = random.Random(seed)

    def next(self) -> Sequence[int]:
        """Nothing is fixed from the start; there is always one more schedule."""
        return []

    def learn(self, run: Run) -> None:
        """Nothing."""

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """Any of them."""
        return self._random.randrange(len(enabled)) if len(enabled) > 1 else 0

    def choose(self, execution: Execution, alternatives: int) -> int:
        """Any of them."""
        return self._random.randrange(alternatives)
