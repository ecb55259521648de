"""The steps of a run in an equivalent order, with fewer preemptions."""

from __future__ import annotations

import pytest

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.run import Run
from grader.standins.threading import Lock, Thread
from grader.strategies.dpor import Dpor
from grader.strategies.pos import Pos
from grader.strategies.random_walk import RandomWalk
from grader.strategies.reordered import Reordered, fewest_preemptions
from tests.strategies.oracle import Main, outcome_of
from tests.strategies.small_programs import compiled, program_of

FORKS = 6


def philosophers(_execution: Execution) -> None:
    """Each takes the fork on the left, then the one on the right."""
    forks = [Lock() for _ in range(FORKS)]

    def eat(left: Lock, right: Lock) -> None:
        with left, right:
            pass

    threads = [Thread(target=eat, args=(forks[at - 1], forks[at])) for at in range(FORKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def reordered(main: Main, run: Run) -> tuple[str, Run] | None:
    """How the run ends with its steps in the other order, and that run."""
    search = Reordered(run)
    prefix = search.next()
    if prefix is None:
        return None
    execution = Execution(prefix, search.picker, track=search.track)
    again = execution.run(main)
    search.learn(again)
    assert search.next() is None
    return outcome_of(execution, again), again


@pytest.mark.parametrize("search", [Dpor(), RandomWalk()], ids=["dpor", "random"])
def test_one_preemption_is_enough_for_philosophers(search: Dpor | RandomWalk) -> None:
    """They come to their deadlock with one, in whatever way it was found."""
    while True:
        run = Execution(search.next() or (), search.picker, track=search.track).run(philosophers)
        search.learn(run)
        if run.ending is Ending.DEADLOCK:
            break
    assert run.preemptions > 1
    told = reordered(philosophers, run)
    assert told is not None
    assert ("deadlock", 1, run.steps) == (told[0], told[1].preemptions, told[1].steps)


def test_an_equivalent_order_ends_in_the_same_way() -> None:
    """Small programs, each with a few schedules by sampling: none has more preemptions then."""
    compared = fewer = 0
    for seed in range(22_000, 22_040):
        main = compiled(program_of(seed))
        sampling = Pos()
        for _ in range(5):
            execution = Execution(sampling.next(), sampling.picker)
            run = execution.run(main)
            told = reordered(main, run)
            if told is None or _chooses(run):
                continue
            assert outcome_of(execution, run) == told[0], seed
            compared += 1
            fewer += told[1].preemptions < run.preemptions
    assert compared >= 50
    assert fewer >= 20


def _chooses(run: Run) -> bool:
    """Whether the program itself had a choice, which a new order does not repeat."""
    return len({decision.at for decision in run.decisions}) < len(run.decisions)


def test_the_order_has_the_same_steps() -> None:
    """As many of each task."""
    run = Execution().run(philosophers)
    order = fewest_preemptions(run)
    assert order is not None
    assert sorted(op[0].id for op in run.log) == sorted(order)
