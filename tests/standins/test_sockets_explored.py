"""The exhaustive search of programs with sockets, held against all schedules."""

from __future__ import annotations

import pytest

from tests.standins.multiprocessing import harness
from tests.standins.socket_programs import NAMED, generated, text_of
from tests.strategies.oracle import Everything

MOST = 600  # schedules that the oracle may need; a program that needs more is left out


def _compare(text: str, most: int = MOST, *, early: bool = False) -> bool:
    """Asserts that both searches find the same; False if the program is too large to tell. With
    `early`, timeouts may come at any moment.
    """
    found = harness.every_outcome(text, early=early)
    assert found.exhausted
    everything = Everything()
    expected = harness.every_outcome(text, strategy=everything, schedules=most, early=early)
    if everything.exhausted:
        assert expected.outcomes == found.outcomes
    else:
        assert expected.outcomes <= found.outcomes
        dice = harness.every_outcome(text, strategy=harness.Dice(most // 4), early=early)
        assert dice.outcomes <= found.outcomes
    return everything.exhausted


@pytest.mark.parametrize("name", NAMED)
def test_it_finds_the_outcomes_of_all_schedules(name: str) -> None:
    """Where all schedules are too many, those of a part of them."""
    _compare(text_of(NAMED[name]))


@pytest.mark.parametrize("chunk", range(4))
def test_it_finds_those_of_generated_programs(chunk: int) -> None:
    """Threads that send, receive, close, shut down and listen at random."""
    seeds = range(chunk * 10, chunk * 10 + 10)
    compared = [_compare(generated(seed, small=True)) for seed in seeds]
    assert any(compared)


def test_it_finds_those_of_programs_whose_timeouts_come_early() -> None:
    """Where a wait may expire although what it waits for would come."""
    texts = [text for seed in range(150) if ".settimeout" in (text := generated(seed, small=True))]
    compared = [_compare(text, 300, early=True) for text in texts[:15]]
    assert any(compared)


@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_it_finds_those_of_many_generated_programs() -> None:
    """As above, on some larger ones."""
    compared = [_compare(generated(seed, small=False), 4_000) for seed in range(1_000, 1_060)]
    assert sum(compared) > 12
