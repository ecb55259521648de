"""What comes too early: nobody was waited for."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_threads
from tests.explain.failing import Find

EARLY = {
    "no join": """
        import threading
        def run():
            done = []
            threading.Thread(target=done.append, args=(1,)).start()
            return len(done)
    """,
    "only the last is joined": """
        import threading
        class Sum:
            value = 0
            def add(self):
                self.value += 1
        def run():
            total = Sum()
            threads = [threading.Thread(target=total.add) for _ in range(2)]
            threads[0].start()
            threads[1].start()
            threads[1].join()
            return total.value - 1
    """,
    "it sleeps instead": """
        import threading, time
        class Box:
            result = 0
            def work(self):
                self.result = 1
        def run():
            box = Box()
            threading.Thread(target=box.work).start()
            time.sleep(1)
            return box.result
    """,
    "a join that gives up": """
        import threading
        class Box:
            result = 0
            def __init__(self):
                self.lock = threading.Lock()
            def work(self):
                with self.lock:
                    self.result = 1
        def run():
            box = Box()
            with box.lock:
                worker = threading.Thread(target=box.work)
                worker.start()
                worker.join(0.1)
                return box.result
    """,
}


@pytest.mark.parametrize("way", EARLY)
def test_reading_before_the_workers_are_done_is_an_order_violation(failure: Find, way: str) -> None:
    """The result is taken while somebody is still at work."""
    found = failure(EARLY[way], lambda module: module.run(), lambda value: value == 1)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "order-violation"
    assert found.step(diagnosis.wrong_at).task == 0


NEVER_DONE = {
    "daemons that end with the program": (
        """
        import time
        from multiprocessing import Process, Value
        def work(total):
            with total.get_lock():
                total.value += 1
        def run():
            total = Value("i", 0)
            Process(target=work, args=(total,), daemon=True).start()
            time.sleep(1)
            return total.value
        """,
        "return total.value",
    ),
    "ended by force": (
        """
        from multiprocessing import Process, Value
        def work(total):
            with total.get_lock():
                total.value += 1
        def run():
            total = Value("i", 0)
            worker = Process(target=work, args=(total,))
            worker.start()
            worker.join(0.1)
            if worker.is_alive():
                worker.terminate()
                worker.join()
            return total.value
        """,
        "worker.terminate()",
    ),
    "a thread that nobody waits for": (
        """
        import threading
        class Box:
            result = 0
            def work(self):
                self.result = 1
        def run():
            box = Box()
            threading.Thread(target=box.work, daemon=True).start()
            return box.result
        """,
        "return box.result",
    ),
}


@pytest.mark.parametrize("way", NEVER_DONE)
def test_what_was_started_never_comes_to_do_it(failure: Find, way: str) -> None:
    """It goes wrong where the result is taken, or where somebody is ended by force."""
    source, line = NEVER_DONE[way]
    found = failure(
        source, lambda module: module.run(), lambda value: value == 1, early_timeouts=True
    )
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "order-violation"
    assert line == found.step(diagnosis.wrong_at).text


ORDERS = {
    "a thread of its own": """
        import queue, threading
        class Counter:
            def __init__(self):
                self.value = 0
                self.orders = queue.Queue()
                threading.Thread(target=self.work, daemon=True).start()
            def work(self):
                while True:
                    self.value += self.orders.get()
            def add(self, n):
                self.orders.put(n)
                return self.value
    """,
    "a local variable": """
        import queue, threading
        class Counter:
            def __init__(self):
                self.done = []
                self.orders = queue.Queue()
                threading.Thread(target=self.work, daemon=True).start()
            def work(self):
                for n in iter(self.orders.get, None):
                    self.done.append(n)
            def add(self, n):
                orders = self.orders
                orders.put(n)
                return len(self.done)
    """,
    "a function of the module": """
        import queue, threading
        orders = queue.SimpleQueue()
        total = 0
        def work():
            global total
            while True:
                total = total + orders.get()
        class Counter:
            def __init__(self):
                threading.Thread(target=work, daemon=True).start()
            def add(self, n):
                orders.put(n)
                return total
    """,
}


@pytest.mark.parametrize("way", ORDERS)
def test_who_gives_an_order_does_not_wait_for_it(failure: Find, way: str) -> None:
    """The answer is read when nobody has taken the order yet."""

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(call(counter.add, 1))[0]

    found = failure(ORDERS[way], scenario, lambda value: value == 1)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "order-violation"
    assert found.step(diagnosis.wrong_at).text.startswith("return ")
    assert "before anybody has taken it out" in diagnosis.facts[0]


def test_answer_that_was_waited_for_is_not_too_early(failure: Find) -> None:
    """The owner answers: what is wrong is something else."""
    source = """
        import queue, threading
        class Counter:
            def __init__(self):
                self.value = 0
                self.orders, self.answers = queue.Queue(), queue.Queue()
                threading.Thread(target=self.work, daemon=True).start()
            def work(self):
                while True:
                    self.value += self.orders.get() + 1
                    self.answers.put(None)
            def add(self, n):
                self.orders.put(n)
                self.answers.get()
                return self.value
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(call(counter.add, 1))[0]

    found = failure(source, scenario, lambda value: value == 1)
    assert "order-violation" != found.kind()


def test_what_nobody_else_changes_is_no_answer_to_an_order(failure: Find) -> None:
    """A call reads its own list after it has given an order: the count is what comes too early."""
    source = """
        import queue, threading
        class Notes:
            def __init__(self):
                self.orders = queue.Queue()
                self.own = threading.local()
                self.value = 0
                threading.Thread(target=self.work, daemon=True).start()
            def work(self):
                while True:
                    self.value += self.orders.get()
            def add(self, n):
                self.own.notes = [n]
                self.own.notes.append(n)
                self.orders.put(n)
                return self.all()
            def all(self):
                return list(self.own.notes)
            def count(self):
                return self.value
    """

    def scenario(module: Any) -> Any:
        notes = module.Notes()
        return [notes.add(1), notes.count()]

    found = failure(source, scenario, lambda value: value == [[1, 1], 1])
    diagnosis = found.diagnosis("wrong-result")
    assert ("wrong-result", None) == (diagnosis.kind, diagnosis.wrong_at)
