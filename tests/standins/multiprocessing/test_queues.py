"""Queues between processes: order, the feeder, and the pipe that can be full."""

from __future__ import annotations

import json

import pytest

from tests.standins.multiprocessing.harness import every_outcome

PRODUCERS = """
import multiprocessing as mp

def produce(queue, number):
    for index in range({items}):
        queue.put((number, index))

def go():
    queue = mp.{kind}
    processes = [mp.Process(target=produce, args=(queue, number)) for number in range({producers})]
    for process in processes:
        process.start()
    got = [queue.get() for _ in range({producers} * {items})]
    for process in processes:
        process.join()
    return got
"""


@pytest.mark.parametrize("kind", ["Queue()", "SimpleQueue()", "JoinableQueue()"])
@pytest.mark.parametrize(
    ("producers", "items", "orders"), [(1, 3, 1), (2, 1, 2), (2, 2, 6), (3, 1, 6)]
)
def test_items_of_each_producer_stay_in_order(
    kind: str, producers: int, items: int, orders: int
) -> None:
    """All ways to mix the producers' items are found, and no other order."""
    text = PRODUCERS.format(kind=kind, producers=producers, items=items)
    found = every_outcome(text)
    assert found.exhausted
    assert orders == len(found.outcomes)
    for outcome in found.outcomes:
        for number in range(producers):
            mine = [index for who, index in json.loads(outcome) if who == number]
            assert sorted(mine) == mine


@pytest.mark.parametrize(
    ("producers", "items", "orders"), [(1, 3, 1), (2, 1, 2), (2, 2, 6), (3, 1, 6)]
)
def test_one_schedule_for_each_order_of_items(producers: int, items: int, orders: int) -> None:
    """Buffers, feeders and the pipe add no schedules of their own."""
    text = PRODUCERS.format(kind="Queue()", producers=producers, items=items)
    assert orders == every_outcome(text).count


LARGE = """
import multiprocessing as mp

def produce(queue):
    queue.put("x" * {size})

def go():
    queue = mp.Queue()
    process = mp.Process(target=produce, args=(queue,))
    process.start()
    {first}
    {second}
    return size
"""
JOIN, GET = "process.join()", "size = len(queue.get())"


@pytest.mark.parametrize(
    ("size", "first", "second", "outcome"),
    [
        (100, JOIN, GET, "100"),
        (1_000_000, GET, JOIN, "1000000"),
        (1_000_000, JOIN, GET, "deadlock"),
    ],
)
def test_a_process_is_not_to_be_joined_before_a_large_item_is_taken(
    size: int, first: str, second: str, outcome: str
) -> None:
    """The child cannot end before its feeder has written all; a small item fits into the pipe."""
    found = every_outcome(LARGE.format(size=size, first=first, second=second))
    assert {outcome} == found.outcomes


def test_many_small_items_fill_the_pipe_too() -> None:
    """It is the bytes that count."""
    text = LARGE.format(size=10, first=JOIN, second=GET)
    assert {"10"} == every_outcome(text).outcomes
    text = text.replace('queue.put("x" * 10)', 'for _ in range(7): queue.put("x" * 10_000)')
    assert {"deadlock"} == every_outcome(text).outcomes


def test_an_item_that_was_put_is_not_there_at_once() -> None:
    """It is the feeder that puts it into the pipe, later."""
    found = every_outcome("""
import multiprocessing as mp

def go():
    queue = mp.Queue()
    queue.put(1)
    return queue.empty()
""")
    assert {"true", "false"} == found.outcomes


def test_an_item_may_change_before_it_is_pickled() -> None:
    """The feeder pickles, and not `put`."""
    found = every_outcome("""
import multiprocessing as mp

def go():
    queue = mp.Queue()
    item = [1]
    queue.put(item)
    item.append(2)
    return queue.get()
""")
    assert {"[1]", "[1, 2]"} == found.outcomes


def test_two_queues_promise_no_order_between_them() -> None:
    """What one process puts into two queues may arrive in any order."""
    found = every_outcome("""
import multiprocessing as mp

def produce(left, right):
    left.put(1)
    right.put(2)

def go():
    left, right = mp.Queue(), mp.Queue()
    process = mp.Process(target=produce, args=(left, right))
    process.start()
    got = right.get()
    seen = left.empty()
    process.join()
    return [got, seen]
""")
    assert {"[2, true]", "[2, false]"} == found.outcomes


def test_a_bounded_queue_makes_its_producer_wait() -> None:
    """With one place, the second item waits until the first has been taken."""
    found = every_outcome("""
import multiprocessing as mp

def produce(queue, count):
    for index in range(2):
        queue.put(index)
        count.value += 1

def go():
    queue, count = mp.Queue(1), mp.RawValue('i', 0)
    process = mp.Process(target=produce, args=(queue, count))
    process.start()
    before = count.value
    got = [queue.get(), queue.get()]
    process.join()
    return [before, got]
""")
    assert {"[0, [0, 1]]", "[1, [0, 1]]"} == found.outcomes


def test_a_bounded_queue_that_nobody_empties_stops_its_producer() -> None:
    """The producer waits for a place, and its parent for the producer."""
    text = PRODUCERS.format(kind="Queue(1)", producers=1, items=2)
    assert {"deadlock"} == every_outcome(
        text.replace("got = [", "process.join(); got = [")
    ).outcomes


def test_cancelling_the_join_of_the_feeder_may_lose_items() -> None:
    """The process ends with what is in its buffer."""
    found = every_outcome("""
import multiprocessing as mp

def produce(queue):
    queue.put(1)
    queue.cancel_join_thread()

def go():
    queue = mp.Queue()
    process = mp.Process(target=produce, args=(queue,))
    process.start()
    process.join()
    return queue.empty()
""")
    assert {"true", "false"} == found.outcomes


def test_one_sentinel_is_not_enough_for_two_consumers() -> None:
    """The second consumer waits for ever."""
    text = """
import multiprocessing as mp

def consume(queue):
    while queue.get() is not None:
        pass

def go():
    queue = mp.Queue()
    processes = [mp.Process(target=consume, args=(queue,)) for _ in range(2)]
    for process in processes:
        process.start()
    for item in (1, {ends}):
        queue.put(item)
    for process in processes:
        process.join()
    return "done"
"""
    assert {"deadlock"} == every_outcome(text.format(ends="None")).outcomes
    enough = every_outcome(text.format(ends="None, None"))
    assert {'"done"'} == enough.outcomes
    assert enough.exhausted


def test_joining_a_queue_waits_for_its_tasks() -> None:
    """`join` returns when every item has been declared done."""
    found = every_outcome("""
import multiprocessing as mp

def consume(queue, total):
    while True:
        total.value += queue.get()
        queue.task_done()

def go():
    queue, total = mp.JoinableQueue(), mp.RawValue('i', 0)
    for item in (1, 2):
        queue.put(item)
    process = mp.Process(target=consume, args=(queue, total), daemon=True)
    process.start()
    queue.join()
    return total.value
""")
    assert {"3"} == found.outcomes
