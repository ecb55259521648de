"""Locks, semaphores, conditions, events and barriers between processes."""

from __future__ import annotations

from tests.standins.multiprocessing.harness import every_outcome

TWO = """
import multiprocessing as mp

def go():
    first, second = mp.Lock(), mp.Lock()
    processes = [
        mp.Process(target=both, args=(first, second)),
        mp.Process(target=both, args={order}),
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]

def both(first, second):
    with first:
        with second:
            pass
"""


def test_locks_in_opposite_order_can_deadlock() -> None:
    """Each process holds what the other one waits for."""
    found = every_outcome(TWO.format(order="(second, first)"))
    assert {"deadlock"} <= found.outcomes


def test_locks_in_one_order_cannot() -> None:
    """The same program with one order for both ends under every schedule."""
    found = every_outcome(TWO.format(order="(first, second)"))
    assert {"[0, 0]"} == found.outcomes
    assert found.exhausted


def test_a_terminated_process_may_keep_a_lock_for_ever() -> None:
    """What a process holds when it is killed stays held."""
    found = every_outcome("""
import multiprocessing as mp

def hold(lock):
    with lock:
        pass

def go():
    lock = mp.Lock()
    process = mp.Process(target=hold, args=(lock,))
    process.start()
    process.terminate()
    process.join()
    return [lock.acquire(False), process.exitcode]
""")
    assert {"[true, -15]", "[false, -15]", "[true, 0]"} == found.outcomes


def test_a_condition_may_wake_any_waiter() -> None:
    """`notify` promises no order."""
    found = every_outcome(
        """
import multiprocessing as mp

def wait(number, condition, ready, told):
    with condition:
        ready.release()
        condition.wait()
        told.put(number)

def go():
    condition, ready, told = mp.Condition(), mp.Semaphore(0), mp.SimpleQueue()
    processes = [
        mp.Process(target=wait, args=(number, condition, ready, told)) for number in (1, 2)
    ]
    for process in processes:
        process.start()
    ready.acquire()
    ready.acquire()
    with condition:
        condition.notify()
    first = told.get()
    with condition:
        condition.notify()
    for process in processes:
        process.join()
    return first
""",
        schedules=5_000,
    )
    assert {"1", "2"} == found.outcomes


def test_a_notification_before_the_wait_is_lost() -> None:
    """Without a condition to check, the waiter may come too late."""
    found = every_outcome("""
import multiprocessing as mp

def notify(condition):
    with condition:
        condition.notify()

def go():
    condition = mp.Condition()
    process = mp.Process(target=notify, args=(condition,))
    process.start()
    with condition:
        condition.wait()
    process.join()
    return "woken"
""")
    assert {'"woken"', "deadlock"} >= found.outcomes
    assert "deadlock" in found.outcomes


def test_an_event_that_is_cleared_again_may_look_unset_to_one_that_waited() -> None:
    """As in CPython: `wait` returns the flag as it is after the wait."""
    found = every_outcome("""
import multiprocessing as mp

def pulse(event):
    event.set()
    event.clear()

def go():
    event = mp.Event()
    process = mp.Process(target=pulse, args=(event,))
    process.start()
    seen = event.wait(1)
    process.join()
    return seen
""")
    assert {"true", "false"} == found.outcomes


def test_a_barrier_lets_nobody_pass_alone() -> None:
    """What was done before the barrier is seen after it."""
    found = every_outcome("""
import multiprocessing as mp

def work(barrier, array, index):
    array[index] = 1
    barrier.wait()
    if sum(array[:]) < 2:
        raise ValueError

def go():
    barrier, array = mp.Barrier(2), mp.RawArray('i', 2)
    processes = [mp.Process(target=work, args=(barrier, array, index)) for index in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
""")
    assert {"[0, 0]"} == found.outcomes
    assert found.exhausted


def test_a_timed_acquire_may_come_too_late() -> None:
    """Where timeouts may fire at any moment, both answers are found."""
    text = """
import multiprocessing as mp

def hold(lock):
    with lock:
        pass

def go():
    lock = mp.Lock()
    process = mp.Process(target=hold, args=(lock,))
    process.start()
    got = lock.acquire(timeout=1)
    if got:
        lock.release()
    process.join()
    return got
"""
    assert {"true"} == every_outcome(text).outcomes
    assert {"true", "false"} == every_outcome(text, early=True).outcomes
