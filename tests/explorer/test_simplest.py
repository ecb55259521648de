"""The schedule that is shown: the fewest preemptions, then the fewest steps."""

from __future__ import annotations

import itertools

import pytest

from bench.catalogue import CLASSICS, program
from grader.engine.endings import Ending
from grader.explorer import Budget, Outcome, Program, explore, simplest

SMALL = [
    "account()", "bluetooth_driver(1)", "carter(1)", "check_then_get()", "dining_philosophers(2)",
    "indexer()", "lazy_initialisation(2)", "lost_wakeup()", "stack(1)", "string_buffer()",
    "two_stage(1)", "wrong_lock(1)",
]  # fmt: skip
LARGE = ["dining_philosophers(7)", "lock_order(5)", "reorder(20)", "token_ring(7)", "two_stage(10)"]


def bug_of(name: str) -> Program:
    """The wrong program of that name."""
    return program(next(one for one in CLASSICS if name == str(one)), "bug")


def first_failure(bug: Program, strategy: str) -> Outcome:
    """Its first failure."""
    found = explore(bug, Budget(5_000), strategy=strategy, fail_fast=True)
    return next(one for one in found.outcomes if one.ending is not Ending.FINISHED)


@pytest.mark.parametrize("name", SMALL)
def test_nothing_is_simpler(name: str) -> None:
    """Of all schedules with up to 2 preemptions, and whichever schedule it was given."""
    bug = bug_of(name)
    given = [first_failure(bug, strategy) for strategy in ("auto", "dpor", "random")]
    told = [simplest(bug, outcome, Budget(3_000), "x") for outcome in given]
    for one, other in itertools.pairwise(told):
        assert one.key != other.key or one.size == other.size
    every = explore(bug, Budget(1_500), strategy="bounded")
    known = {outcome.key: outcome.size for outcome in every.outcomes}
    assert [] == [one for one in told if known.get(one.key, one.size) < one.size]


@pytest.mark.parametrize("name", LARGE)
def test_one_preemption_is_enough(name: str) -> None:
    """Also where there are too many schedules without any to try them all."""
    bug = bug_of(name)
    assert simplest(bug, first_failure(bug, "auto"), Budget(1_000), "x").preemptions <= 1
