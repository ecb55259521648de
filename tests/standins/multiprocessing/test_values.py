"""Numbers that processes share: what can be lost, and what a lock keeps."""

from __future__ import annotations

import pytest

from tests.standins.multiprocessing.harness import every_outcome

COUNTER = """
import multiprocessing as mp

def increment(value, lock, times):
    for _ in range(times):
        {increment}

def go():
    value, lock = {value}, {lock}
    processes = [mp.Process(target=increment, args=(value, lock, {times})) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return value.value
"""


def counter(
    increment: str, value: str = "mp.Value('i', 0)", lock: str = "mp.Lock()", times: int = 1
) -> str:
    """A program in which two processes increment a number."""
    return COUNTER.format(increment=increment, value=value, lock=lock, times=times)


def test_an_increment_can_be_lost_between_processes() -> None:
    """`value.value += 1` locks the read and the write, each for itself."""
    found = every_outcome(counter("value.value += 1"))
    assert {"1", "2"} == found.outcomes
    assert found.exhausted


def test_two_increments_each_lose_down_to_two() -> None:
    """Of 2 × 2 increments anything from 2 to 4 remains."""
    assert {"2", "3", "4"} == every_outcome(counter("value.value += 1", times=2)).outcomes


@pytest.mark.parametrize(
    ("increment", "value", "lock"),
    [
        ("with value.get_lock(): value.value += 1", "mp.Value('i', 0)", "None"),
        ("with value: value.value += 1", "mp.Value('i', 0)", "None"),
        ("with lock: value.value += 1", "mp.Value('i', 0)", "mp.Lock()"),
        ("with lock: value.value += 1", "mp.RawValue('i', 0)", "mp.RLock()"),
        ("with lock: value.value += 1", "mp.Value('i', 0, lock=False)", "mp.Semaphore(1)"),
        ("with lock: value.get_obj().value += 1", "mp.Value('q', 0)", "mp.Condition()"),
    ],
)
def test_a_lock_around_the_increment_keeps_all(increment: str, value: str, lock: str) -> None:
    """The value's own lock, or one that was passed along with it, makes the count exact."""
    found = every_outcome(counter(increment, value, lock, times=2))
    assert {"4"} == found.outcomes
    assert found.exhausted


def test_a_semaphore_of_two_keeps_nothing() -> None:
    """Two permits let both processes in."""
    text = counter("with lock: value.value += 1", lock="mp.Semaphore(2)")
    assert {"1", "2"} == every_outcome(text).outcomes


def test_a_lock_made_by_the_module_is_another_one_in_each_process() -> None:
    """Each child executes the module anew: its lock is its own."""
    text = counter("with module_lock: value.value += 1") + "\nmodule_lock = mp.Lock()\n"
    assert {"1", "2"} == every_outcome(text).outcomes


def test_a_lock_that_is_not_reentrant_stops_its_own_value() -> None:
    """With a plain Lock as the value's lock, an access under it waits for ever."""
    text = counter(
        "with value.get_lock(): value.value += 1", "mp.Value('i', 0, lock=mp.Lock())", "None"
    )
    assert {"deadlock"} == every_outcome(text).outcomes


def test_reads_wait_for_the_lock() -> None:
    """Nobody sees the value between two writes under its lock."""
    found = every_outcome("""
import multiprocessing as mp

def swing(value):
    with value.get_lock():
        value.value = 1
        value.value = 2

def go():
    value = mp.Value('i', 0)
    process = mp.Process(target=swing, args=(value,))
    process.start()
    seen = value.value
    process.join()
    return seen
""")
    assert {"0", "2"} == found.outcomes


def test_raw_values_are_seen_in_between() -> None:
    """Without a lock each write is visible on its own."""
    found = every_outcome("""
import multiprocessing as mp

def swing(value):
    value.value = 1
    value.value = 2

def go():
    value = mp.RawValue('i', 0)
    process = mp.Process(target=swing, args=(value,))
    process.start()
    seen = value.value
    process.join()
    return seen
""")
    assert {"0", "1", "2"} == found.outcomes


def test_items_of_an_array_are_independent() -> None:
    """Two processes that each use an item of their own lose nothing, in one order of steps."""
    found = every_outcome("""
import multiprocessing as mp

def increment(array, index):
    array[index] += 1

def go():
    array = mp.RawArray('i', 2)
    processes = [mp.Process(target=increment, args=(array, index)) for index in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return array[:]
""")
    assert {"[1, 1]"} == found.outcomes
    assert found.count == 1


def test_a_global_of_the_module_is_not_shared() -> None:
    """A child changes its own copy."""
    found = every_outcome("""
import multiprocessing as mp
count = 0

def increment():
    global count
    count += 1

def go():
    process = mp.Process(target=increment)
    process.start()
    process.join()
    return count
""")
    assert {"0"} == found.outcomes
    assert found.count == 1
