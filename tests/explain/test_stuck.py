"""Runs that never end: who waits for whom."""

from __future__ import annotations

from typing import Any

import pytest

from grader.engine.endings import Ending
from grader.scenario import attempt, call, in_threads
from tests.explain.failing import Find

ACCOUNT = """
    import threading
    from contextlib import ExitStack

    class Account:
        def __init__(self, name):
            self.name = name
            self.lock = threading.Lock()

"""
TRANSFERS = {
    "nested with": """
    def transfer(a, b):
        with a.lock:
            with b.lock:
                pass
    """,
    "one with": """
    def transfer(a, b):
        with a.lock, b.lock:
            pass
    """,
    "acquire and release": """
    def transfer(a, b):
        a.lock.acquire()
        b.lock.acquire()
        b.lock.release()
        a.lock.release()
    """,
    "a stack of contexts": """
    def transfer(a, b):
        with ExitStack() as stack:
            for account in (a, b):
                stack.enter_context(account.lock)
    """,
}


@pytest.mark.parametrize("way", TRANSFERS)
def test_deadlock_of_two_names_both_locks_and_lines(failure: Find, way: str) -> None:
    """Each holds what the other one waits for."""

    def scenario(module: Any) -> None:
        a, b = module.Account("alice"), module.Account("bob")
        in_threads(call(module.transfer, a, b), call(module.transfer, b, a))

    found = failure(ACCOUNT + TRANSFERS[way], scenario)
    diagnosis = found.diagnosis("lost-update")  # a hint never counts against a deadlock
    assert diagnosis.kind == "deadlock"
    text = found.text()
    assert "thread-1 holds alice.lock, waits for bob.lock (line" in text
    assert "⇄ thread-2 holds bob.lock, waits for alice.lock (line" in text
    assert all(found.step(index).line for index in diagnosis.focus)


@pytest.mark.parametrize("count", [3, 4])
def test_longer_circles_are_deadlocks_too(failure: Find, count: int) -> None:
    """Everybody in the circle is told of, in its order."""

    def scenario(module: Any) -> None:
        accounts = [module.Account(name) for name in "abcd"[:count]]
        pairs = zip(accounts, accounts[1:] + accounts[:1], strict=True)
        in_threads(*[call(module.transfer, a, b) for a, b in pairs])

    found = failure(ACCOUNT + TRANSFERS["nested with"], scenario)
    assert found.kind() == "deadlock"
    text = found.text()
    for number in range(1, count + 1):
        assert f"thread-{number} holds" in text


def test_deadlock_through_a_join_names_the_thread(failure: Find) -> None:
    """Holding a lock while waiting for the end of somebody who needs it."""
    source = """
        import threading
        class Box:
            def __init__(self):
                self.lock = threading.Lock()
            def work(self):
                with self.lock:
                    pass
            def run(self):
                with self.lock:
                    worker = threading.Thread(target=self.work)
                    worker.start()
                    worker.join()
    """
    found = failure(source, lambda module: module.Box().run())
    assert found.kind() == "deadlock"
    assert "main holds self.lock, waits for Thread-1 to end (line 12)" in found.text()


SELF = {
    "a call inside": """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
            def value(self):
                with self.lock:
                    return 0
            def run(self):
                with self.lock:
                    return self.value()
    """,
    "twice in a row": """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
            def run(self):
                self.lock.acquire()
                self.lock.acquire()
    """,
    "a semaphore": """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Semaphore()
            def run(self):
                with self.lock:
                    with self.lock:
                        pass
    """,
    "the lock of a shared Value": """
        from multiprocessing import Lock, Value
        class Counter:
            def __init__(self):
                self.n = Value("i", 0, lock=Lock())
            def run(self):
                with self.n.get_lock():
                    self.n.value += 1
    """,
}


@pytest.mark.parametrize("way", SELF)
def test_waiting_for_oneself_is_a_self_deadlock(failure: Find, way: str) -> None:
    """It asks for what it holds already."""
    found = failure(SELF[way], lambda module: in_threads(module.Counter().run))
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "self-deadlock"
    assert "itself" in diagnosis.note
    assert found.step(diagnosis.wrong_at).task == found.step(diagnosis.focus[0]).task


KEPT = {
    "an early return": """
        import threading
        class Box:
            def __init__(self):
                self.lock = threading.Lock()
            def use(self):
                self.lock.acquire()
                if True:
                    return
                self.lock.release()
    """,
    "a permit": """
        import threading
        class Box:
            def __init__(self):
                self.lock = threading.Semaphore(1)
            def use(self):
                self.lock.acquire()
    """,
    "a condition": """
        import threading
        class Box:
            def __init__(self):
                self.lock = threading.Condition()
            def use(self):
                self.lock.acquire()
    """,
}


@pytest.mark.parametrize("way", KEPT)
def test_lock_of_somebody_who_has_ended_was_not_released(failure: Find, way: str) -> None:
    """The holder is gone, the others wait for ever."""

    def scenario(module: Any) -> None:
        box = module.Box()
        in_threads(*[call(box.use)] * 2)

    found = failure(KEPT[way], scenario)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "lock-not-released"
    assert "the call ends, self.lock stays taken" == diagnosis.note
    assert "still holds self.lock" in diagnosis.facts[0]
    assert "self.lock.acquire()" == found.step(diagnosis.wrong_at).text


def test_lock_of_a_thread_that_died_tells_of_its_exception(failure: Find) -> None:
    """Threads of the student's own: the exception ends them."""
    source = """
        import threading
        lock = threading.Lock()
        def bad():
            lock.acquire()
            raise KeyError("x")
        def good():
            with lock:
                pass
        def run():
            threads = [threading.Thread(target=bad), threading.Thread(target=good)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    """
    found = failure(source, lambda module: module.run())
    if found.run.ending is Ending.EXCEPTION:
        pytest.fail("the schedule with the dead lock was not found first")
    assert found.kind() == "lock-not-released"
    assert "died of KeyError" in found.text()


def test_signal_before_the_wait_is_a_lost_wakeup(failure: Find) -> None:
    """A notify that nobody waits for is gone, and the story says so."""
    source = """
        import threading
        class Gate:
            def __init__(self):
                self.changed = threading.Condition()
            def open(self):
                with self.changed:
                    self.changed.notify_all()
            def wait(self):
                with self.changed:
                    self.changed.wait()
    """

    def scenario(module: Any) -> None:
        gate = module.Gate()
        in_threads(gate.open, gate.wait)

    found = failure(source, scenario)
    assert found.kind() == "lost-wakeup"
    assert "before thread-2 began to wait" in " ".join(found.text().split())


def test_notify_that_wakes_the_wrong_one_is_a_lost_wakeup(failure: Find) -> None:
    """One signal, two who wait for different things."""
    source = """
        import threading
        class Turns:
            def __init__(self):
                self.changed = threading.Condition()
                self.turn = None
            def wait(self, mine):
                with self.changed:
                    while self.turn != mine:
                        self.changed.wait()
            def give(self, turn):
                with self.changed:
                    self.turn = turn
                    self.changed.notify()
    """

    def scenario(module: Any) -> None:
        turns = module.Turns()
        a = call(turns.wait, 1)
        b = call(turns.wait, 2)
        threads = [a, b, call(turns.give, 1)]
        in_threads(*threads)

    assert failure(source, scenario).kind() == "lost-wakeup"


@pytest.mark.parametrize(
    ("make", "wait"),
    [
        ("threading.Event()", "wait()"),
        ("queue.Queue()", "get()"),
        ("threading.Semaphore(0)", "acquire()"),
        ("threading.Barrier(2)", "wait()"),
    ],
)
def test_waiting_for_what_nobody_will_do_is_a_lost_wakeup(
    failure: Find, make: str, wait: str
) -> None:
    """Events, queues, permits and barriers that nobody serves any more."""
    source = f"""
        import queue
        import threading
        class Box:
            def __init__(self):
                self.thing = {make}
            def wait(self):
                self.thing.{wait}
    """
    found = failure(source, lambda module: in_threads(module.Box().wait))
    assert found.kind() == "lost-wakeup"
    assert "self.thing" in found.text()


def test_thread_left_behind_is_a_leaked_task(failure: Find) -> None:
    """The check is over, and a worker still waits for work."""
    source = """
        import queue
        import threading
        def start():
            jobs = queue.Queue()
            threading.Thread(target=jobs.get).start()
    """
    found = failure(source, lambda module: module.start())
    assert found.kind() == "leaked-task"
    assert "left behind" in found.diagnosis().note


def test_joining_before_reading_is_join_before_drain(failure: Find) -> None:
    """A process that has put much cannot end before somebody reads it."""
    source = """
        from multiprocessing import Process, Queue
        def fill(queue):
            queue.put("x" * 200_000)
        def run():
            queue = Queue()
            worker = Process(target=fill, args=(queue,))
            worker.start()
            worker.join()
            return len(queue.get())
    """
    found = failure(source, lambda module: module.run())
    assert found.kind() == "join-before-drain"
    assert "reads" in found.text()


def test_a_check_that_waits_for_its_threads_joins_nothing_before_draining(failure: Find) -> None:
    """Only a join in the student's code can come too early."""
    source = """
        import queue
        full = queue.Queue(1)
        def fill():
            full.put(1)
            full.put(2)
    """
    found = failure(source, lambda module: in_threads(call(module.fill)))
    assert found.kind() == "lost-wakeup"
    assert "nobody is left who will take one out" in found.diagnosis().facts[0]


def test_a_semaphore_that_others_release_is_a_signal_and_no_lock(failure: Find) -> None:
    """Who got a permit that somebody else has released owes it to nobody."""
    source = """
        import threading
        class Box:
            def __init__(self):
                self.filled = threading.Semaphore(0)
            def get(self):
                self.filled.acquire()
            def close(self):
                self.filled.release()
    """

    def scenario(module: Any) -> None:
        box = module.Box()
        in_threads(call(box.get), call(box.get), call(box.close))

    found = failure(source, scenario)
    assert found.kind() == "lost-wakeup"
    assert "holds" not in found.text()


def test_a_signal_that_woke_the_wrong_one_names_it(failure: Find) -> None:
    """Who waits for a place is blamed, and who was woken in its stead is named."""
    source = """
        import threading
        class Place:
            def __init__(self):
                self.inside = []
                self.changed = threading.Condition()
            def put(self):
                with self.changed:
                    while self.inside:
                        self.changed.wait()
                    self.inside.append(1)
                    self.changed.notify()
            def put_two(self):
                self.put()
                self.put()
            def get(self):
                with self.changed:
                    while not self.inside:
                        self.changed.wait()
                    self.inside.pop()
                    self.changed.notify()
    """

    def scenario(module: Any) -> None:
        place = module.Place()
        in_threads(call(place.get), call(place.get), call(place.put_two))

    found = failure(source, scenario)
    assert found.kind() == "lost-wakeup"
    facts = " ".join(found.diagnosis().facts)
    assert "It was thread-1 that was woken." in facts
    assert "could not go on, and waited again" in facts
    assert found.diagnosis().focus[-1] == found.diagnosis().wrong_at


SPINS = {
    "a flag that nobody sets": """
        import time
        class Box:
            ready = False
            def one(self):
                while not self.ready:
                    time.sleep(0)
            two = one
    """,
    "two who give way": """
        import threading
        class Box:
            def __init__(self):
                self.a, self.b = threading.Lock(), threading.Lock()
            def both(self, first, second):
                with first:
                    while not second.acquire(blocking=False):
                        pass
                    second.release()
            def one(self):
                self.both(self.a, self.b)
            def two(self):
                self.both(self.b, self.a)
    """,
}


@pytest.mark.parametrize("way", SPINS)
def test_loops_that_never_end_are_livelocks(failure: Find, way: str) -> None:
    """Busy, and nothing changes: the story names the lines."""

    def scenario(module: Any) -> None:
        box = module.Box()
        in_threads(box.one, box.two)

    found = failure(SPINS[way], scenario, steps=1_000)
    assert found.kind() == "livelock"
    assert found.kind("starvation") == "starvation"
    assert "round in line" in " ".join(found.text().split())


def test_task_that_never_took_a_step_has_its_name(failure: Find) -> None:
    """It waits with the very first thing that it does."""
    source = """
        import threading
        lock = threading.Lock()
        def use():
            lock.acquire()
    """
    found = failure(source, lambda module: in_threads(*[call(module.use)] * 2))
    assert "thread-1 waits for lock (line 4), held by thread-2" in found.text()


FORGOTTEN = {
    "an exception": """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
                self.value = 0
            def add(self, n):
                self.lock.acquire()
                self.value += n
                self.lock.release()
    """,
    "an early return": """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
                self.value = 0
            def add(self, n):
                self.lock.acquire()
                if n == "":
                    return
                self.value += 1
                self.lock.release()
    """,
}


@pytest.mark.parametrize("way", FORGOTTEN)
def test_lock_that_a_call_left_behind_was_not_released(failure: Find, way: str) -> None:
    """Its holder is alive and asks for it again: not its own fault, but that of the call before."""

    def scenario(module: Any) -> None:
        counter = module.Counter()
        attempt(counter.add, "")
        counter.add(1)

    found = failure(FORGOTTEN[way], scenario)
    assert found.kind() == "lock-not-released"
    assert "in a call that has ended without a release" in " ".join(found.text().split())


def test_lock_taken_by_a_call_that_is_there_for_it_is_not_forgotten(failure: Find) -> None:
    """A lock of the student's own making: entering it twice is a self-deadlock."""
    source = """
        import threading
        class Gate:
            def __init__(self):
                self.lock = threading.Lock()
            def __enter__(self):
                self.lock.acquire()
            def __exit__(self, *exc):
                self.lock.release()
    """

    def scenario(module: Any) -> None:
        gate = module.Gate()
        with gate, gate:
            pass

    assert failure(source, scenario).kind() == "self-deadlock"
