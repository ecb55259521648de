"""The search by number of deviations: in its order, and all there is when it ends."""

from __future__ import annotations

import pytest

from grader.engine.execution import Execution
from grader.engine.run import Limits, Run
from grader.standins.threading import Thread
from grader.strategies.deviations import Deviations
from grader.strategies.dpor import Dpor
from grader.strategies.in_turns import InTurns
from grader.strategies.pos import Pos
from tests.strategies.oracle import Everything, outcomes
from tests.strategies.small_programs import compiled, program_of

MOST = 400  # schedules that the oracle may need


def deviations(run: Run) -> int:
    """How many choices of the run are not the default."""
    return sum(map(bool, run.choices))


def letters(execution: Execution) -> str:
    """Ten threads with one step each: the order in which they make it."""
    names: list[str] = []

    def write(name: str) -> None:
        execution.perform("append", names)
        names.append(name)

    threads = [Thread(target=write, args=(name,)) for name in "abcdefghij"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "".join(names)


def test_fewer_deviations_come_first() -> None:
    """And all with one of them have been run after a few hundred, where there are 10! orders."""
    search = Deviations()
    runs: list[Run] = []
    while len(runs) < 600:
        prefix = search.next()
        assert prefix is not None
        run = Execution(prefix, search.picker, Limits(), track=search.track).run(letters)
        search.learn(run)
        runs.append(run)
    made = [deviations(run) for run in runs]
    assert sorted(made) == made
    assert {0, 1, 2} == set(made)
    assert "jabcdefghi" in {run.value for run in runs if deviations(run) == 1}


@pytest.mark.parametrize("alone", [True, False])
def test_when_it_ends_everything_was_covered(alone: bool) -> None:
    """It finds each outcome that there is; so do three searches in turns when one of them ends."""
    compared = 0
    for seed in range(21_000, 21_060):
        main = compiled(program_of(seed))
        everything = Everything()
        expected = outcomes(everything, main, most=MOST)
        search = Deviations() if alone else InTurns(Dpor(), Pos(), Deviations())
        actual = outcomes(search, main, most=3 * MOST)
        if everything.exhausted:
            compared += 1
            assert alone or search.exhausted
            assert expected.keys() == actual.keys(), seed
    assert compared >= 20
