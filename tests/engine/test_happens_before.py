"""Accesses that nothing orders, and those that something does."""

from __future__ import annotations

import pytest

from grader.explain.advice import races_of
from grader.explorer import Program, explore, replay, some_traces
from grader.source.load import from_text

HEAD = """
import threading, queue
from concurrent.futures import ThreadPoolExecutor
class Box:
    def __init__(self): self.value = 0
box, other = Box(), Box()
lock = threading.Lock()
def beside(function):
    thread = threading.Thread(target=function)
    thread.start()
    return thread
"""


def races(text: str) -> list[str]:
    """What is said of some schedules of `main()`."""
    source = from_text(HEAD + text, name="program", filename="program.py", allowed=None)
    return races_of(some_traces(Program({"program": source}, "program", lambda m: m.main())))


RACES = [
    """
def main():
    def work(): box.value = 1
    thread = beside(work)
    seen = box.value
    thread.join()
""",
    """
def main():
    def work():
        with lock: box.value = 1
    thread = beside(work)
    with threading.Lock(): box.value = 2
    thread.join()
""",
    """
def main():
    def work():
        box.value = 1
        with lock: pass
    thread = beside(work)
    with lock: pass
    box.value = 2
    thread.join()
""",
    """
n = 0
def main():
    def work():
        global n
        n = 1
    thread = beside(work)
    seen = n
    thread.join()
""",
    """
def main():
    seen = {}
    def work(): seen["a"] = 1
    thread = beside(work)
    seen["a"] = 2
    thread.join()
""",
]


@pytest.mark.parametrize("text", RACES)
def test_accesses_that_nothing_orders_race(text: str) -> None:
    """Without a lock, with two locks, before a lock; attributes, globals and items."""
    (told,) = races(text)
    assert told.endswith("nothing puts the two in an order.")


ORDERED = [
    """
def main():
    def work():
        with lock: box.value += 1
    threads = [beside(work) for _ in range(2)]
    for thread in threads: thread.join()
    return box.value
""",
    """
def main():
    box.value = 1
    def work(): box.value += 1
    beside(work).join()
    return box.value
""",
    """
def main():
    items = queue.Queue()
    def work():
        box.value = 1
        items.put(box)
    thread = beside(work)
    seen = items.get().value
    thread.join()
""",
    """
def main():
    done = threading.Event()
    def work():
        box.value = 1
        done.set()
    thread = beside(work)
    done.wait()
    seen = box.value
    thread.join()
""",
    """
def main():
    ready = threading.Condition()
    def work():
        with ready:
            box.value = 1
            ready.notify()
    with ready:
        thread = beside(work)
        while not box.value: ready.wait()
    box.value += 1
    thread.join()
""",
    """
def main():
    gate = threading.Barrier(2)
    def work():
        box.value = 1
        gate.wait()
        seen = other.value
    thread = beside(work)
    other.value = 1
    gate.wait()
    seen = box.value
    thread.join()
""",
    """
def main():
    def work():
        box.value += 1
        return box
    with ThreadPoolExecutor(1) as pool:
        seen = pool.submit(work).result().value
""",
    """
def main():
    seen = {}
    def work(): seen["a"] = 1
    thread = beside(work)
    seen["b"] = 2
    thread.join()
""",
    """
def main():
    seen = []
    thread = beside(lambda: seen.append(1))
    seen.append(2)
    thread.join()
""",
    """
def main():
    thread = beside(lambda: box.value)
    seen = box.value
    thread.join()
""",
]


@pytest.mark.parametrize("text", ORDERED)
def test_accesses_that_something_orders_do_not_race(text: str) -> None:
    """Locks, start and join, queues, events, conditions, barriers, futures; two keys; atomic
    methods; two readers.
    """
    assert [] == races(text)


def test_a_story_of_something_else_mentions_a_race() -> None:
    """A deadlock is not a race, but the code may have one too."""
    from grader.explain.report import explain

    text = (
        HEAD
        + """
def main():
    def work():
        box.value = 1
        with lock:
            with lock: pass
    thread = beside(work)
    seen = box.value
    thread.join()
"""
    )
    source = from_text(text, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda m: m.main())
    wrong = explore(program).outcomes[-1]
    run, trace = replay(program, wrong.schedule)
    told = explain(run, trace, label="x", schedule=wrong.schedule)
    assert "self-deadlock" == told.kind
    assert "Also: box.value: line 15 changes it" in told.text
