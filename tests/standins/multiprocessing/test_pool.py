"""Pools: results in order, whoever computed them, and what ends a worker."""

from __future__ import annotations

from tests.standins.multiprocessing.harness import every_outcome

HEAD = """
import multiprocessing as mp
count = 0

def square(x):
    return x * x

def bump(x):
    global count
    count += 1
    return count

def fail(x):
    raise ValueError(x)
"""


def test_a_map_keeps_the_order() -> None:
    """Under every schedule."""
    found = every_outcome(
        HEAD
        + """
def go():
    with mp.Pool(2) as pool:
        return pool.map(square, [1, 2, 3])
"""
    )
    assert {"[1, 4, 9]"} == found.outcomes
    assert found.exhausted


def test_results_come_in_any_order_where_none_was_asked_for() -> None:
    """`imap_unordered` gives what is there first."""
    found = every_outcome(
        HEAD
        + """
def go():
    with mp.Pool(2) as pool:
        return list(pool.imap_unordered(square, [1, 2]))
"""
    )
    assert {"[1, 4]", "[4, 1]"} == found.outcomes


def test_workers_have_globals_of_their_own() -> None:
    """How many tasks one worker took can be seen in its module."""
    found = every_outcome(
        HEAD
        + """
def go():
    with mp.Pool(2) as pool:
        return sorted(pool.map(bump, [1, 2], chunksize=1)) + [count]
"""
    )
    assert {"[1, 1, 0]", "[1, 2, 0]"} == found.outcomes


def test_the_exception_that_came_first_counts() -> None:
    """With two failing tasks either may be it."""
    found = every_outcome(
        HEAD
        + """
def go():
    with mp.Pool(2) as pool:
        try:
            return pool.map(fail, [1, 2], chunksize=1)
        except ValueError as error:
            return error.args
"""
    )
    assert {"[1]", "[2]"} == found.outcomes


def test_a_pool_that_is_terminated_may_lose_results() -> None:
    """Its workers end wherever they are."""
    found = every_outcome(
        HEAD
        + """
def go():
    pool = mp.Pool(1)
    result = pool.apply_async(square, (3,))
    pool.terminate()
    pool.join()
    return result.ready()
"""
    )
    assert {"true", "false"} == found.outcomes


def test_a_pool_that_is_closed_does_its_work_first() -> None:
    """`close` and `join` wait for all tasks."""
    found = every_outcome(
        HEAD
        + """
def go():
    pool = mp.Pool(2)
    results = [pool.apply_async(square, (x,)) for x in (2, 3)]
    pool.close()
    pool.join()
    return [result.get() for result in results]
"""
    )
    assert {"[4, 9]"} == found.outcomes
    assert found.exhausted


def test_callbacks_are_made_by_another_thread() -> None:
    """They may come before or after what the caller does next, but before `get` returns."""
    found = every_outcome(
        HEAD
        + """
told = []

def go():
    pool = mp.Pool(1)
    result = pool.apply_async(square, (3,), callback=told.append)
    early = list(told)
    result.get()
    return [early, told]
"""
    )
    assert {"[[], [9]]", "[[9], [9]]"} == found.outcomes


def test_a_pool_of_threads_shares_what_threads_share() -> None:
    """Its workers have one module, and lose updates."""
    found = every_outcome(
        HEAD
        + """
from multiprocessing.pool import ThreadPool

def go():
    with ThreadPool(2) as pool:
        pool.map(bump, [1, 2], chunksize=1)
        return count
"""
    )
    assert {"1", "2"} == found.outcomes
    assert found.exhausted


def test_a_task_of_a_thread_that_waits_for_another_one() -> None:
    """With one worker it can never end."""
    found = every_outcome(
        """
from multiprocessing.pool import ThreadPool

def go():
    with ThreadPool(1) as pool:
        return pool.apply(lambda: pool.apply(int))
"""
    )
    assert {"deadlock"} == found.outcomes
