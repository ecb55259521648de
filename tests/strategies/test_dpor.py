"""The exhaustive search against an oracle that tries everything."""

from __future__ import annotations

import random
from typing import Any

import pytest

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.operation import READ, WRITE
from grader.engine.run import Limits
from grader.engine.task import Task
from grader.standins.threading import Lock, Thread
from grader.strategies.dpor import Dpor
from tests.strategies.oracle import Everything, Main, outcome_of, outcomes
from tests.strategies.small_programs import TOPICS, Program, compiled, larger_program_of, program_of

CHUNKS = 12
SEEDS = 25  # per chunk
MOST = 400  # schedules that the oracle may need; a program that needs more is left out


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


class AtRandom:
    """Takes a random alternative at every decision."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """Any of the tasks."""
        return self._draw.randrange(len(enabled))

    def choose(self, execution: Execution, alternatives: int) -> int:
        """Any of the alternatives."""
        return self._draw.randrange(alternatives)


def sample(program: Program, limits: Limits, most: int, samples: int) -> bool:
    """Asserts that no random schedule has an outcome that the search has not; False if the
    program is too large to tell.
    """
    dpor = Dpor()
    known = outcomes(dpor, compiled(program), limits, most)
    if not dpor.exhausted:
        return False
    for seed in range(samples):
        execution = Execution((), AtRandom(seed), limits)
        run = execution.run(compiled(program))
        assert outcome_of(execution, run) in known, (program, run.choices)
    return True


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_it_finds_the_outcomes_that_the_oracle_finds(chunk: int) -> None:
    """On small generated programs, the reduced search has the same outcomes as all schedules."""
    seeds = range(chunk * SEEDS, (chunk + 1) * SEEDS)
    compared = [compare(program_of(seed), Limits()) for seed in seeds]
    assert sum(compared) >= SEEDS // 2


@pytest.mark.parametrize("chunk", range(3))
def test_it_finds_the_same_when_timeouts_may_come_early(chunk: int) -> None:
    """Timed waits that may expire at any moment are explored as completely."""
    seeds = range(10_000 + chunk * SEEDS, 10_000 + (chunk + 1) * SEEDS)
    compared = [compare(program_of(seed), Limits(early_timeouts=True)) for seed in seeds]
    assert sum(compared) >= SEEDS // 2


@pytest.mark.parametrize("topic", TOPICS)
def test_no_random_schedule_of_a_larger_program_finds_more(topic: str) -> None:
    """Programs too large for the oracle: what chance finds, the reduced search has found."""
    compared = [
        sample(larger_program_of(seed, topic), Limits(), most=300, samples=40) for seed in range(8)
    ]
    assert any(compared)


@pytest.mark.slow
@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("early", [False, True])
def test_it_agrees_with_the_oracle_on_many_programs(early: bool) -> None:
    """As above, on a thousand more programs."""
    compared = [
        compare(program_of(seed), Limits(early_timeouts=early)) for seed in range(50_000, 51_000)
    ]
    assert sum(compared) >= 600


@pytest.mark.slow
@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("topic", TOPICS)
def test_no_random_schedule_of_many_larger_programs_finds_more(topic: str) -> None:
    """As above, on a hundred programs of each kind, with more schedules each."""
    compared = [
        sample(larger_program_of(seed, topic), Limits(), most=1_500, samples=100)
        for seed in range(1_000, 1_100)
    ]
    assert any(compared)


# -- known programs --------------------------------------------------------------------------


def order_violation(first: str) -> Main:
    """Two workers and one lock: `use` fails when it gets the lock before `make`. `first` is
    started first.
    """

    def main(execution: Execution) -> Any:
        lock = Lock()
        made: list[int] = []

        def make() -> None:
            with lock:
                made.append(1)

        def use() -> int:
            with lock:
                return made[0]

        workers = {"make": Thread(target=make), "use": Thread(target=use)}
        order = sorted(workers, reverse=first == "use")
        for name in order:
            workers[name].start()
        for name in order:
            workers[name].join()

    return main


@pytest.mark.parametrize("first", ["make", "use"])
def test_an_order_violation_is_found_whatever_the_order_of_the_workers(first: str) -> None:
    """The acquire that comes second was disabled when it was announced; the two still race."""
    search = Dpor()
    found = outcomes(search, order_violation(first))
    assert {"finished", "exception"} == {eval(key)[0] for key in found}  # noqa: S307 - our own
    assert search.exhausted


def increments(threads: int, times: int, *, locked: bool) -> Main:
    """Each thread adds 1 to a shared number so many times; the number at the end."""

    def main(execution: Execution) -> int:
        lock = Lock()
        box = {"n": 0}

        def add() -> None:
            for _ in range(times):
                if locked:
                    lock.acquire()
                execution.perform("read", box, "n", READ)
                old = box["n"]
                execution.perform("write", box, "n", WRITE)
                box["n"] = old + 1
                if locked:
                    lock.release()

        workers = [Thread(target=add) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return box["n"]

    return main


@pytest.mark.parametrize(
    ("threads", "times", "expected"), [(2, 1, {1, 2}), (2, 2, {2, 3, 4}), (3, 1, {1, 2, 3})]
)
def test_lost_updates_of_every_size_are_found(threads: int, times: int, expected: set[int]) -> None:
    """Unlocked increments end with every number that some interleaving gives."""
    found = outcomes(Dpor(), increments(threads, times, locked=False))
    assert {("finished", n, ()) for n in expected} == {_plain(key) for key in found}


@pytest.mark.parametrize(("threads", "times", "orders"), [(2, 1, 2), (2, 3, 20), (3, 2, 90)])
def test_it_runs_one_schedule_for_each_order_of_the_critical_sections(
    threads: int, times: int, orders: int
) -> None:
    """With a lock, the classes of schedules are the orders in which it is acquired."""
    search = Dpor()
    runs = 0
    while (prefix := search.next()) is not None:
        run = Execution(prefix, search.picker).run(increments(threads, times, locked=True))
        search.learn(run)
        runs += run.ending is not Ending.REDUNDANT
        assert run.value in (None, threads * times)
    assert orders == runs
    assert search.exhausted


def _plain(key: str) -> tuple[str, Any, tuple[str, ...]]:
    ending, value, errors = eval(key)  # noqa: S307 - our own repr
    return ending, value, tuple(errors)
