"""Exhaustive search, one schedule per class of equivalent ones.

Source-set dynamic partial-order reduction with sleep sets: Abdulla, Aronis, Jonsson, Sagonas,
"Optimal dynamic partial order reduction" (POPL 2014), algorithm 1; "Source sets: a foundation for
optimal dynamic partial order reduction" (JACM 2017).

Two executions are equivalent when they order all pairs of conflicting operations in the same way.
After each run, every race (two conflicting operations of different tasks, not ordered by anything
in between) asks for a run with the two the other way round. Where an operation had to wait for
another that frees (an acquire for a release), the race is with the acquire before it. Where the
reversal cannot be pinned to one task, all enabled tasks are added: more runs, never fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.engine.endings import Ending
from grader.engine.operation import conflict
from grader.engine.run import Run, Track
from grader.strategies.races import Node, Races

if TYPE_CHECKING:
    from grader.engine.execution import Execution
    from grader.engine.task import Task


class Dpor:
    """The search. It is its own picker: after the prefix it avoids sleeping tasks."""

    def __init__(self) -> None:
        self.exhausted = False
        self.picker = self
        self.track: Track | None = None
        self.redundant = 0  # runs cut because an equivalent one had been made
        self._path: list[Node] = []
        self._races = Races(self._path)
        self._begun = False
        self._cut = False
        self._same = 0  # events at the beginning of the next run that are those of the run before
        # State of the run under way.
        self._sleep: frozenset[int] = frozenset()
        self._seen = 0  # events of the log whose effect on the sleep set is known
        self._fresh: list[Node] = []

    # -- between runs ------------------------------------------------------------------------

    def next(self) -> Sequence[int] | None:
        """The deepest state with an alternative left."""
        self._fresh = []
        if not self._begun:
            self._begun = True
            self._sleep = frozenset()
            self._seen = 0
            return []
        while self._path:
            node = self._path[-1]
            left = node.backtrack - node.done
            if node.order:
                left = {
                    alternative for alternative in left if node.order[alternative] not in node.sleep
                }
            if left:
                if node.order:
                    # What was done from here sleeps in the branches to come.
                    done = {node.order[alternative] for alternative in node.done} - node.final
                    self._sleep = node.sleep | done
                else:
                    self._sleep = node.sleep
                node.chosen = min(left)
                node.done.add(node.chosen)
                # An operation's own choices come before all is known of what it touches.
                self._seen = self._same = node.at if node.order else max(node.at - 1, 0)
                return [each.chosen for each in self._path]
            self._path.pop()
        self.exhausted = not self._cut
        return None

    def learn(self, run: Run) -> None:
        """Finds the races of the run and marks the states from which they turn round."""
        if run.ending is Ending.REDUNDANT:
            self.redundant += 1
        if run.ending in (Ending.STEP_BOUND, Ending.LIVELOCK) or run.spun:
            self._cut = True
        known = len(self._path)
        for node, decision in zip(self._fresh, run.decisions[known:], strict=True):
            node.at = decision.at
            self._path.append(node)
        self._races.find(run, self._same)
        self.track = Track(run, self.track, self._same)

    # -- during a run ------------------------------------------------------------------------

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """The first alternative that does not sleep; stops the run when all do."""
        choice = 0
        if self._sleep:
            self._forget(execution)
        sleep = self._sleep
        if sleep:
            for index, task in enumerate(enabled):
                if task.id not in sleep:
                    choice = index
                    break
            else:
                execution.stop(Ending.REDUNDANT)
        if len(enabled) > 1:
            self._fresh.append(Node(0, [task.id for task in enabled], choice, sleep))
        return choice

    def choose(self, execution: Execution, alternatives: int) -> int:
        """The program's own choice: all alternatives, one after the other."""
        self._forget(execution)
        self._seen = max(self._seen - 1, 0)  # 0: before there is a second task
        node = Node(0, [], 0, self._sleep)
        node.backtrack = set(range(alternatives))
        self._fresh.append(node)
        return 0

    def _forget(self, execution: Execution) -> None:
        """Wakes the tasks whose next step conflicts with what has run since the last look."""
        asleep = set(self._sleep)
        for event in execution.log[self._seen :]:
            for task in tuple(asleep):
                if event[0].id == task or conflict(event, execution.tasks[task].op):
                    asleep.discard(task)
        self._sleep = frozenset(asleep)
        self._seen = len(execution.log)
