"""The exhaustive search against an oracle that tries everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from grader.engine.endings import Ending
from grader.engine.execution import Execution, Limits, Run
from grader.strategies.base import Strategy
from grader.strategies.dpor import Dpor
from tests.strategies.small_programs import Program, compiled, program_of

Main = Callable[[Execution], Any]

CHUNKS = 12
SEEDS = 25  # per chunk
MOST = 1_500  # schedules that the oracle may need; a program that needs more is left out


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


def compare(program: Program, limits: Limits) -> bool:
    """Asserts that both searches find the same; False if the program is too large to tell."""
    everything = Everything()
    expected = outcomes(everything, compiled(program), limits, MOST)
    if not everything.exhausted:
        return False
    dpor = Dpor()
    actual = outcomes(dpor, compiled(program), limits)
    assert dpor.exhausted
    assert expected.keys() == actual.keys(), (program, expected, actual)
    return True


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_it_finds_the_outcomes_that_the_oracle_finds(chunk: int) -> None:
    """On small generated programs, the reduced search has the same outcomes as all schedules."""
    seeds = range(chunk * SEEDS, (chunk + 1) * SEEDS)
    compared = [compare(program_of(seed), Limits()) for seed in seeds]
    assert sum(compared) >= SEEDS * 2 // 3


@pytest.mark.parametrize("chunk", range(4))
def test_it_finds_the_same_when_timeouts_may_come_early(chunk: int) -> None:
    """Timed waits that may expire at any moment are explored as completely."""
    seeds = range(10_000 + chunk * SEEDS, 10_000 + (chunk + 1) * SEEDS)
    compared = [compare(program_of(seed), Limits(early_timeouts=True)) for seed in seeds]
    assert sum(compared) >= SEEDS // 2


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("early", [False, True])
def test_it_agrees_with_the_oracle_on_many_programs(early: bool) -> None:
    """As above, on a thousand more programs."""
    compared = [compare(program_of(seed), Limits(early_timeouts=early))
                for seed in range(50_000, 51_000)]  # fmt: skip
    assert sum(compared) >= 600
