"""Results that are wrong without a race: what is said of them, and what is shown."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_threads
from tests.explain.failing import Find


def test_what_is_wrong_without_any_overlap_is_a_wrong_result(failure: Find) -> None:
    """One after another it goes wrong too: no hint makes a race of that."""
    source = """
        class Counter:
            def __init__(self):
                self.value = 0
            def increment(self):
                self.value += 2
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        in_threads(*[call(counter.increment)] * 2)
        return counter.value

    found = failure(source, scenario, lambda value: value == 2)
    assert found.kind() == "wrong-result"
    assert found.kind("lost-update") == "wrong-result"
    assert found.kind("over-synchronised") == "over-synchronised"


WRONG = """
    class Box:
        def __init__(self):
            self.n = 0
        def one(self):
            self.n = 1
        def two(self):
            self.n = 2
"""


@pytest.mark.parametrize(
    ("allowed", "right", "clumsy"),
    [(3, None, False), (3, False, False), (1, None, False), (2, None, False), (2, True, True)],
)
def test_clumsy_moment_is_needed_where_another_schedule_is_right(
    failure: Find, allowed: int, right: bool | None, clumsy: bool
) -> None:
    """Two writes: their last is 2 if the first thread goes first, and 1 if the second does."""

    def scenario(module: Any) -> Any:
        box = module.Box()
        in_threads(box.one, box.two)
        return box.n

    found = failure(WRONG, scenario, lambda value: value == allowed)
    assert found.kind("wrong-result") == "wrong-result"
    text = " ".join(found.text("wrong-result", right=right).split())
    assert clumsy == ("in another one it may be right" in text)
    assert clumsy != ("no clumsy moment is needed" in text)


def test_something_is_shown_even_where_nothing_was_changed(failure: Find) -> None:
    """What it looked at before it left its work undone."""
    source = """
        import threading
        class Box:
            def __init__(self):
                self.lock = threading.Lock()
                self.left = 0
                self.sold = 0
            def sell(self):
                with self.lock:
                    if self.left > 0:
                        self.sold += 1
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        in_threads(*[call(box.sell)] * 2)
        return box.sold

    found = failure(source, scenario, lambda value: value == 1)
    assert found.kind("lost-update") == "wrong-result"
    diagnosis = found.diagnosis()
    assert {found.step(index).line for index in diagnosis.focus} >= {9}
    assert "reads self.left → 0" in found.text()


def test_lock_that_was_not_to_be_had_is_told(failure: Find) -> None:
    """Who gives up on a lock and goes on has not done its work."""
    source = """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
                self.value = 0
            def increment(self):
                if self.lock.acquire(blocking=False):
                    self.value += 1
                    self.lock.release()
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        in_threads(*[call(counter.increment)] * 2)
        return counter.value

    found = failure(source, scenario, lambda value: value == 2)
    assert found.kind() == "wrong-result"
    assert found.kind("lost-update") == "wrong-result"  # nothing was written over
    text = " ".join(found.text().split())
    assert "did not get it and went on. thread-1 had it." in text
    assert "in another one it may be right" in text


def test_update_is_lost_only_where_two_tasks_change_one_variable(failure: Find) -> None:
    """Answers of a queue that the wrong task takes: nobody writes over anything, whatever the
    author of the check expects.
    """
    source = """
        import queue
        import threading
        class Counter:
            def __init__(self):
                self.jobs, self.answers = queue.Queue(), queue.Queue()
                threading.Thread(target=self.work, daemon=True).start()
            def work(self):
                total = 0
                while True:
                    total += self.jobs.get()
                    self.answers.put(total)
            def add(self, n):
                self.jobs.put(n)
                return self.answers.get()
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(call(counter.add, 1), call(counter.add, 10))

    found = failure(source, scenario, lambda value: value in ([1, 11], [11, 10]))
    assert found.kind("lost-update") == "wrong-result"
    assert found.kind("torn-read") == "wrong-result"
    assert found.kind("order-violation") == "order-violation"


def test_update_that_was_never_made_is_not_lost(failure: Find) -> None:
    """Others change the variable one after another, and one has left it alone."""
    source = """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
                self.value = 0
            def increment(self):
                if self.lock.acquire(timeout=1):
                    self.value += 1
                    self.lock.release()
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        in_threads(*[call(counter.increment)] * 3)
        return counter.value

    found = failure(source, scenario, lambda value: value == 3, early_timeouts=True)
    assert found.kind("lost-update") == "wrong-result"
    assert "did not get it and went on." in " ".join(found.text("lost-update").split())


@pytest.mark.parametrize(
    ("make", "change"),
    [
        ("Manager().Value('i', 0)", "box.value += 1"),
        ("Manager().dict(n=0)", "box['n'] = box['n'] + 1"),
        ("Value('i', 0, lock=False)", "box.value += 1"),
        ("Array('i', [0])", "box[0] += 1"),
    ],
)
def test_what_processes_share_in_any_way_can_lose_an_update(
    failure: Find, make: str, change: str
) -> None:
    """A manager's object is changed by messages; the hint counts there too."""
    read = "box['n']" if "dict" in make else "box[0]" if "Array" in make else "box.value"
    source = f"""
        from multiprocessing import Array, Manager, Process, Value
        def add(box):
            {change}
        def run():
            {"manager = Manager()" if "Manager" in make else "pass"}
            box = {make.replace("Manager()", "manager")}
            workers = [Process(target=add, args=(box,)) for _ in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            return {read}
    """
    found = failure(source, lambda module: module.run(), lambda value: value == 2)
    assert found.kind("lost-update") == "lost-update"
