"""One exploration after another in one process, as in a runner: nothing of them stays."""

from __future__ import annotations

import gc
from collections import Counter
from typing import Any

import greenlet

from grader.engine.execution import Execution
from grader.engine.task import Task
from grader.engine.workers import MOST
from grader.explorer import Budget, Program, explore
from grader.source.load import from_text

# Ends in every way: tasks finish, raise, deadlock, and wait to be told.
TEXT = """
import queue, threading

def finish(box, lock):
    with lock:
        box.put(threading.current_thread().name)

def fail(box, lock):
    raise ValueError(box)

def deadlock(box, lock):
    lock.acquire()

def wait(box, lock):
    told = threading.Condition(lock)
    with told:
        told.wait()

def main(way):
    box, lock = queue.Queue(), threading.Lock()
    targets = [globals()[way]] * 2
    threads = [threading.Thread(target=target, args=(box, lock)) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return box.qsize()
"""
WAYS = {"finish": "finished", "fail": "exception", "deadlock": "deadlock", "wait": "deadlock"}


def explored(way: str) -> set[str]:
    """How the executions of the program, compiled anew, ended."""
    source = from_text(TEXT, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda module, way: module.main(way), (way,))
    return {outcome.ending.value for outcome in explore(program, Budget(5)).outcomes}


def living() -> Counter[type[Any]]:
    """How many objects of each type there are after a full collection."""
    for _ in range(3):  # what a finalizer lets go of is found by the next one
        gc.collect()
    return Counter(type(one) for one in gc.get_objects())


def test_nothing_stays_of_300_explorations() -> None:
    """No execution, task or greenlet is left over, and objects of no type become more and more."""
    for way, ending in [*WAYS.items()] * 5:
        assert {ending} == explored(way)
    before = living()
    for way in [*WAYS] * 75:
        explored(way)
    after = living()
    # Stories that another test keeps hold the executions they tell of.
    assert (before[Execution], before[Task]) == (after[Execution], after[Task])
    assert before[greenlet.greenlet] == after[greenlet.greenlet] <= MOST + 1
    # One for each exploration of one way would be 75. A few are made once, whenever that is.
    assert {} == {kind.__name__: n for kind, n in (after - before).items() if n > 50}
