"""Every schedule of a small program, without any reduction: what clever searches must find, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.run import Limits, Run
from grader.strategies.base import Strategy

Main = Callable[[Execution], Any]


class Everything:
    """Every alternative at every decision: no reduction at all."""

    picker = None
    track = None

    def __init__(self) -> None:
        self.exhausted = False
        self._stack: list[list[int]] = [[]]
        self._prefix: list[int] = []

    def next(self) -> Sequence[int] | None:
        """Depth first."""
        if not self._stack:
            self.exhausted = True
            return None
        self._prefix = self._stack.pop()
        return self._prefix

    def learn(self, run: Run) -> None:
        """All other alternatives at all new decisions."""
        for index in range(len(self._prefix), len(run.decisions)):
            for other in range(1, run.decisions[index].alternatives):
                self._stack.append([*run.choices[:index], other])


def outcome_of(execution: Execution, run: Run) -> str:
    """What the tasks saw and how the run ended, as far as it does not depend on what daemons
    do after all is over, or others after the main task has failed.
    """
    main = execution.tasks[0]
    if main.error is not None:
        return repr((run.ending.value, main.error))
    if run.ending not in (Ending.FINISHED, Ending.EXCEPTION):
        return str(run.ending.value)
    world = execution.state.get("world")
    value = run.value
    if world is not None:
        daemons = {task.name for task in execution.tasks if task.daemon}
        value = (sorted((k, v) for k, v in world.seen.items() if k not in daemons),
                 world.variables)  # fmt: skip
    errors = sorted(f"{task.name}: {error!r}" for task, error in run.errors)
    return repr((run.ending.value, value, errors))


def outcomes(
    strategy: Strategy, main: Main, limits: Limits | None = None, most: int = 100_000
) -> dict[str, list[int]]:
    """The outcomes that the strategy finds, each with one schedule that has it."""
    found: dict[str, list[int]] = {}
    for _ in range(most):
        prefix = strategy.next()
        if prefix is None:
            break
        execution = Execution(prefix, strategy.picker, limits, track=strategy.track)
        run = execution.run(main)
        strategy.learn(run)
        if run.ending is not Ending.REDUNDANT:
            found.setdefault(outcome_of(execution, run), list(run.choices))
    return found
