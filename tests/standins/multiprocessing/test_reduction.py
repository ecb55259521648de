"""Partial-order reduction over these stand-ins loses no outcome: a search without it agrees."""

from __future__ import annotations

import pytest

from grader.strategies.bounded import Bounded
from tests.standins.multiprocessing.harness import Dice, every_outcome

PAIR = """
import multiprocessing as mp
from multiprocessing import connection

def go():
    shared = {shared}
    processes = [mp.Process(target=target, args=(shared,)) for target in (left, right)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return {result}

def left(shared):
    {left}

def right(shared):
    {right}
"""
FEW = 100  # schedules of each search that knows no equivalence

PROGRAMS = {
    "queue": ("mp.Queue()", "shared.put(1)", "shared.put(2)", "shared.get()"),
    "two from a queue": (
        "mp.Queue()", "shared.put(1)", "shared.put(2)", "[shared.get(), shared.get()]",
    ),
    "queue polled": ("mp.Queue()", "shared.put(1)", "shared.empty()", "shared.qsize()"),
    "bounded queue": (
        "(mp.Queue(1), mp.RawValue('i', 0))", "shared[0].put(1)",
        "shared[1].value = shared[0].full()", "[shared[1].value, shared[0].get()]",
    ),
    "simple queue": (
        "(mp.SimpleQueue(), mp.SimpleQueue())", "shared[0].put(1); shared[1].put(1)",
        "shared[1].get(); shared[0].put(2)", "[shared[0].get(), shared[0].get()]",
    ),
    "queue and value": (
        "(mp.SimpleQueue(), mp.RawValue('i', 0), mp.RawValue('i', 0))",
        "shared[1].value = 1; shared[0].put(0)",
        "shared[0].put(0); shared[2].value = shared[1].value; shared[0].get()",
        "[shared[1].value, shared[2].value]",
    ),
    "semaphore": (
        "(mp.Semaphore(1), mp.RawValue('i', 0))", "shared[1].value = 1; shared[0].release()",
        "shared[0].acquire(); shared[1].value += 10", "shared[1].value",
    ),
    "tried lock": (
        "(mp.Lock(), mp.RawArray('i', 2))", "shared[1][0] = shared[0].acquire(False)",
        "shared[1][1] = shared[0].acquire(False)", "shared[1][:]",
    ),
    "guarded value": (
        "(mp.Value('i', 0), mp.RawValue('i', 0))",
        "shared[0].acquire(); shared[0].value = 1; shared[0].value = 2; shared[0].release()",
        "shared[1].value = shared[0].value", "shared[1].value",
    ),
    "event": (
        "(mp.Event(), mp.RawValue('i', 0))", "shared[1].value = 1; shared[0].set()",
        "shared[0].set(); shared[0].wait(); shared[1].value += 10", "shared[1].value",
    ),
    "pipe": (
        "mp.Pipe()", "shared[0].send(1); shared[0].send(2)", "shared[0].send(3)",
        "[shared[1].recv() for _ in range(3)]",
    ),
    "polled pipe": (
        "(*mp.Pipe(), mp.RawValue('i', 0))", "shared[0].send(1)",
        "shared[2].value = shared[1].poll()", "shared[2].value",
    ),
    "array": (
        "mp.RawArray('i', 2)", "shared[0] = 1; shared[1] += shared[0]",
        "shared[1] = 5; shared[0] += 2", "shared[:]",
    ),
}  # fmt: skip


def _agrees(text: str) -> None:
    """The reduced search is complete, and nothing is found by others that it has not found."""
    reduced = every_outcome(text)
    assert reduced.exhausted
    few_preemptions = every_outcome(text, strategy=Bounded(2), schedules=FEW)
    at_random = every_outcome(text, strategy=Dice(FEW))
    assert few_preemptions.outcomes | at_random.outcomes <= reduced.outcomes


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_agrees_with_searches_without_it(name: str) -> None:
    """Neither few preemptions nor dice find another outcome."""
    shared, left, right, result = PROGRAMS[name]
    _agrees(PAIR.format(shared=shared, left=left, right=right, result=result))


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_agrees_when_a_process_is_killed(name: str) -> None:
    """A kill may come between any two steps of its victim."""
    shared, left, right, _ = PROGRAMS[name]
    result = "[process.exitcode for process in processes]"
    text = PAIR.format(shared=shared, left=left, right=right, result=result)
    _agrees(text.replace("process.join()", "process.terminate(); process.join()"))
