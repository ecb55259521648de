"""Random searches: they repeat themselves, and PCT keeps the bound that was published."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.operation import READ, WRITE
from grader.engine.run import Run
from grader.standins.threading import Lock, Thread
from grader.strategies.base import Strategy
from grader.strategies.pct import Pct
from grader.strategies.pos import Pos
from grader.strategies.random_walk import RandomWalk
from grader.strategies.replay import Replay

Main = Callable[[Execution], Any]


def lost_update(execution: Execution) -> int:
    """Two tasks add 1 to a number without a lock: a bug of depth 2."""
    box = {"n": 0}

    def add() -> None:
        execution.perform("read", box, "n", READ)
        old = box["n"]
        execution.perform("write", box, "n", WRITE)
        box["n"] = old + 1

    both(add, add)
    return box["n"]


def wrong_order(execution: Execution) -> bool:
    """The second task uses what the first one makes: a bug of depth 1."""
    box: dict[str, int] = {}
    early: list[bool] = []

    def make() -> None:
        for _ in range(5):
            execution.perform("write", box, "x", WRITE)
        box["x"] = 1

    def use() -> None:
        execution.perform("read", box, "x", READ)
        early.append("x" not in box)

    both(make, use)
    return early[0]


def two_locks(execution: Execution) -> None:
    """Two tasks take two locks each way round: a deadlock, of depth 2."""
    first, second = Lock(), Lock()

    def one() -> None:
        with first, second:
            pass

    def other() -> None:
        with second, first:
            pass

    both(one, other)


def both(*functions: Callable[[], None]) -> None:
    """Runs the functions in a thread each, and waits for them."""
    threads = [Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def runs(strategy: Strategy, main: Main, count: int) -> list[Run]:
    """The first `count` runs of the strategy."""
    found = []
    for _ in range(count):
        prefix = strategy.next()
        assert prefix is not None
        run = Execution(prefix, strategy.picker, track=strategy.track).run(main)
        strategy.learn(run)
        found.append(run)
    return found


@pytest.mark.parametrize(
    ("main", "bad", "depth"),
    [
        (wrong_order, lambda run: run.value is True, 1),
        (lost_update, lambda run: run.value == 1, 2),
        (two_locks, lambda run: run.ending is Ending.DEADLOCK, 2),
    ],
)
def test_pct_keeps_its_published_bound(main: Main, bad: Callable[[Run], bool], depth: int) -> None:
    """Over 2,000 schedules it finds the bug as often as 1 / (n * k**(d - 1)) at least.

    But for four standard deviations; the seeds are fixed, so it does so every time, or never.
    """
    count, tasks = 2_000, 3
    steps = max(len(run.log) for run in runs(RandomWalk(), main, 200))
    found = sum(map(bad, runs(Pct(depth, seed=1, steps=steps), main, count)))
    bound = 1 / (tasks * steps ** (depth - 1))
    assert found / count >= bound - 4 * math.sqrt(bound * (1 - bound) / count)


def test_pct_without_changes_never_preempts() -> None:
    """With depth 1 a task is left only when it waits or has ended, or one that is above it comes
    to be able to run.
    """
    assert {2} == {run.value for run in runs(Pct(1), lost_update, 300)}


@pytest.mark.parametrize("make", [Pct, Pos, RandomWalk])
def test_the_same_seed_gives_the_same_schedules(make: Callable[..., Strategy]) -> None:
    """And another seed gives others."""

    def choices(seed: int) -> list[list[int]]:
        return [run.choices for run in runs(make(seed=seed), lost_update, 50)]

    assert choices(1) == choices(1)
    assert choices(1) != choices(2)


@pytest.mark.parametrize("make", [Pct, Pos, RandomWalk])
def test_each_finds_what_there_is_to_find(make: Callable[..., Strategy]) -> None:
    """Every outcome of a small program."""
    assert {1, 2} == {run.value for run in runs(make(), lost_update, 300)}


def test_a_replay_is_one_schedule() -> None:
    """It repeats a run that was found at random, and then there is none left."""
    found = next(run for run in runs(RandomWalk(), lost_update, 100) if run.value == 1)
    replay = Replay(found.choices)
    (again,) = runs(replay, lost_update, 1)
    assert (found.choices, found.value) == (again.choices, again.value)
    assert replay.next() is None
