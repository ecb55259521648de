"""What the search by number of preemptions claims to have covered, it has."""

from __future__ import annotations

import pytest

from grader.engine.execution import Execution
from grader.engine.run import Limits
from grader.strategies.base import Strategy
from grader.strategies.bounded import Bounded
from tests.strategies.oracle import Everything, Main, outcome_of
from tests.strategies.small_programs import Program, compiled, program_of

MOST = 1_000  # schedules that the oracle may need


def with_few_preemptions(strategy: Strategy, main: Main, bound: int, most: int) -> set[str]:
    """The outcomes of the strategy's runs with up to `bound` preemptions."""
    found = set()
    for _ in range(most):
        if isinstance(strategy, Bounded) and strategy.covered >= bound:
            break
        prefix = strategy.next()
        if prefix is None:
            break
        execution = Execution(prefix, strategy.picker, Limits(), track=strategy.track)
        run = execution.run(main)
        strategy.learn(run)
        if run.preemptions <= bound:
            found.add(outcome_of(execution, run))
    return found


def compare(program: Program, bound: int) -> bool:
    """Asserts that the claim holds; False if the program is too large to tell."""
    everything = Everything()
    expected = with_few_preemptions(everything, compiled(program), bound, MOST)
    if not everything.exhausted:
        return False
    bounded = Bounded()
    actual = with_few_preemptions(bounded, compiled(program), bound, MOST)
    assert bounded.covered >= bound or bounded.next() is None
    assert expected == actual, program
    return True


@pytest.mark.parametrize("bound", [0, 1, 2])
def test_what_it_claims_to_have_covered_it_has(bound: int) -> None:
    """Once it says so, no other schedule with so few preemptions has another outcome."""
    compared = [compare(program_of(seed), bound) for seed in range(20_000, 20_060)]
    assert sum(compared) >= 20


def test_nothing_is_covered_before_the_first_run() -> None:
    """And with only some of the schedules without preemption, not even those."""
    assert Bounded().covered == -1
