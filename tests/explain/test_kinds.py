"""Kinds that a run shows by how it ends, each on several programs that are written differently."""

from __future__ import annotations

from typing import Any

import pytest

from tests.explain.failing import Find
from tests.explain.stuck_programs import STUCK

WAYS = [(kind, way) for kind, programs in STUCK.items() for way in programs]
NOTES = {
    "starvation": "never gets its turn",
    "livelock": "and so on, without end",
    "leaked-task": "left behind",
    "join-before-drain": "nobody reads",
    "lost-wakeup": "nobody is left to wake it",
}


@pytest.mark.parametrize(("kind", "way"), WAYS)
def test_kind_is_named_however_it_is_written(failure: Find, kind: str, way: str) -> None:
    """Without any hint; some step is marked, and it is said what is wrong there."""
    found = failure(STUCK[kind][way], lambda module: module.run(), steps=1_000)
    diagnosis = found.diagnosis()
    assert (kind, True) == (diagnosis.kind, diagnosis.note.endswith(NOTES[kind]))
    assert diagnosis.wrong_at in diagnosis.focus


IF_FOR_WHILE = {
    "a list": """
        import threading
        class Box:
            def __init__(self):
                self.changed = threading.Condition()
                self.items = []
                self.missed = 0
            def put(self):
                with self.changed:
                    self.items.append(1)
                    self.changed.notify()
            def get(self):
                with self.changed:
                    if not self.items:
                        self.changed.wait()
                    if self.items:
                        self.items.pop()
                    else:
                        self.missed += 1
        def run():
            box = Box()
            work = [box.get, box.get, box.put, box.put]
            threads = [threading.Thread(target=f) for f in work]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
            return box.missed
    """,
    "a number": """
        from threading import Condition, Thread
        changed, free = Condition(), 0
        def take():
            global free
            with changed:
                if free == 0:
                    changed.wait()
                free -= 1
        def give():
            global free
            with changed:
                free += 1
                changed.notify()
        lowest = []
        def watch():
            with changed:
                lowest.append(free)
        def run():
            threads = [Thread(target=f) for f in (take, take, give, watch, give)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return min(0, *lowest)
    """,
    "a place for one": """
        import threading
        class Slot:
            def __init__(self):
                self.lock = threading.Lock()
                self.filled = threading.Condition(self.lock)
                self.item, self.nothing = None, 0
            def put(self):
                with self.lock:
                    self.item = "tea"
                    self.filled.notify()
            def get(self):
                self.lock.acquire()
                if self.item is None:
                    self.filled.wait()
                got, self.item = self.item, None
                self.nothing += got is None
                self.lock.release()
        def run():
            slot = Slot()
            work = [slot.get, slot.put, slot.get, slot.put]
            threads = [threading.Thread(target=f, daemon=True) for f in work]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(1)
            return slot.nothing
    """,
}


@pytest.mark.parametrize("way", IF_FOR_WHILE)
def test_if_in_place_of_while_is_woken_in_vain(failure: Find, way: str) -> None:
    """Somebody else was faster, and who was woken does not look again."""
    found = failure(IF_FOR_WHILE[way], lambda module: module.run(), lambda value: value == 0)
    diagnosis = found.diagnosis("lost-wakeup")
    assert diagnosis.kind == "lost-wakeup"
    assert "was woken, and it is as before" == diagnosis.note
    wake = next(step for step in reversed(found.trace.steps) if step.kind == "wake")
    assert wake.task == found.step(diagnosis.wrong_at).task


LOST = {
    "a thread": """
        import threading
        def work(results):
            results.append(1 // 0)
        def run():
            results = []
            thread = threading.Thread(target=work, args=(results,))
            thread.start()
            thread.join()
            return results
    """,
    "a subclass": """
        import threading
        class Worker(threading.Thread):
            result = None
            def run(self):
                self.result = [][0]
        def run():
            worker = Worker()
            worker.start()
            worker.join()
            return worker.result
    """,
    "a timer": """
        import threading
        def fail():
            raise KeyError("x")
        def run():
            timer = threading.Timer(1, fail)
            timer.start()
            timer.join()
    """,
}


@pytest.mark.parametrize("way", LOST)
def test_exception_that_its_thread_keeps_to_itself_is_named_as_the_author_says(
    failure: Find, way: str
) -> None:
    """A run shows where it was raised; that somebody should have heard of it, the check says."""
    found = failure(LOST[way], lambda module: module.run())
    assert ["exception", "lost-exception"] == [found.kind(), found.kind("lost-exception")]
    assert "nobody catches it" in " ".join(found.text("lost-exception").split())


PER_PROCESS = {
    "a lock of the module": """
        from multiprocessing import Lock, Process, Value
        lock = Lock()
        def work(n):
            with lock:
                n.value += 1
        def run():
            n = Value("i", 0, lock=False)
            workers = [Process(target=work, args=(n,)) for _ in range(2)]
            [worker.start() for worker in workers]
            [worker.join() for worker in workers]
            return n.value
    """,
    "a lock made when it is needed": """
        import multiprocessing
        class Locks:
            lock = None
        def work(n):
            if Locks.lock is None:
                Locks.lock = multiprocessing.Lock()
            Locks.lock.acquire()
            n.value = n.value + 1
            Locks.lock.release()
        def run():
            n = multiprocessing.RawValue("q", 0)
            workers = [multiprocessing.Process(target=work, args=(n,)) for _ in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            return n.value
    """,
    "a lock of a thread": """
        import threading
        from multiprocessing import Array, Process
        class Guard:
            lock = threading.RLock()
        class Worker(Process):
            def __init__(self, cells):
                super().__init__()
                self.cells = cells
            def run(self):
                with Guard.lock:
                    self.cells[0] += 1
        def run():
            cells = Array("i", 1, lock=False)
            workers = [Worker(cells) for _ in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            return cells[0]
    """,
}


@pytest.mark.parametrize("way", PER_PROCESS)
def test_lock_that_each_process_has_for_itself_is_named(failure: Find, way: str) -> None:
    """Both hold a lock made by the same line, and it is not the same."""
    found = failure(PER_PROCESS[way], lambda module: module.run(), lambda value: value == 2)
    diagnosis = found.diagnosis("lost-update")
    assert diagnosis.kind == "per-process-lock"
    assert found.step(diagnosis.wrong_at).access == "write"


def test_every_kind_has_three_programs_at_least() -> None:
    """So that none of them is a test of one way to write it."""
    few: dict[str, Any] = {kind: list(ways) for kind, ways in STUCK.items() if len(ways) < 3}
    assert {} == few
