"""Managers: one call of a proxy is one step in the server, and two calls are two."""

from __future__ import annotations

import pytest

from tests.standins.multiprocessing.harness import every_outcome

MANAGED = """
import multiprocessing as mp
import threading
from multiprocessing.managers import BaseManager

class Number:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def add(self):
        self.value += 1

    def add_safely(self):
        with self.lock:
            self.value += 1

    def get(self):
        return self.value

class Numbers(BaseManager):
    pass

Numbers.register("Number", Number)

def work(thing, lock):
    {step}

def go():
    with mp.Manager() as manager, Numbers() as numbers:
        thing, lock = {thing}, manager.Lock()
        processes = [mp.Process(target=work, args=(thing, lock)) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return {result}
"""


@pytest.mark.parametrize(
    ("thing", "step", "result", "outcomes"),
    [
        ("manager.Value('i', 0)", "thing.value += 1", "thing.value", {"1", "2"}),
        ("manager.Namespace(x=0)", "thing.x += 1", "thing.x", {"1", "2"}),
        ("manager.dict(a=0)", "thing['a'] += 1", "thing['a']", {"1", "2"}),
        ("manager.list([0])", "thing[0] += 1", "thing[0]", {"1", "2"}),
        ("manager.list()", "thing.append(1)", "len(thing)", {"2"}),
        ("manager.Value('i', 0)", "with lock: thing.value += 1", "thing.value", {"2"}),
        ("numbers.Number()", "thing.add()", "thing.get()", {"1", "2"}),
        ("numbers.Number()", "thing.add_safely()", "thing.get()", {"2"}),
    ],
)
def test_calls_of_a_proxy(thing: str, step: str, result: str, outcomes: set[str]) -> None:
    """A method of a built-in object is one step; a student's own method has steps of its own."""
    found = every_outcome(MANAGED.format(thing=thing, step=step, result=result))
    assert outcomes == found.outcomes
    assert found.exhausted


def test_different_keys_of_a_dict_are_independent() -> None:
    """Two that use keys of their own need one schedule."""
    found = every_outcome("""
import multiprocessing as mp

def work(table, key):
    table[key] += 1

def go():
    with mp.Manager() as manager:
        table = manager.dict(a=0, b=0)
        processes = [mp.Process(target=work, args=(table, key)) for key in "ab"]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return dict(table)
""")
    assert {'{"a": 1, "b": 1}'} == found.outcomes
    assert 1 == found.count


def test_a_queue_in_the_server_has_no_feeder() -> None:
    """What was put is there, in the order of the calls."""
    found = every_outcome("""
import multiprocessing as mp

def go():
    with mp.Manager() as manager:
        queue = manager.Queue()
        queue.put(1)
        return queue.empty()
""")
    assert {"false"} == found.outcomes


def test_locks_in_the_server_can_deadlock() -> None:
    """A proxy of a lock is as good as a lock, and as bad."""
    found = every_outcome("""
import multiprocessing as mp

def both(first, second):
    with first, second:
        pass

def go():
    with mp.Manager() as manager:
        first, second = manager.Lock(), manager.Lock()
        orders = [(first, second), (second, first)]
        processes = [mp.Process(target=both, args=order) for order in orders]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return "done"
""")
    assert {'"done"', "deadlock"} == found.outcomes
