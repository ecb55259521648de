"""Exceptions of threads that a scenario keeps, to raise them when all have ended."""

from __future__ import annotations

from typing import Any

from grader.scenario import call, in_threads
from tests.explain.failing import Find


def test_thread_that_died_is_why_another_one_waits_for_ever(failure: Find) -> None:
    """The scenario would raise the exception again, but waits for the other thread first."""
    source = """
        import threading

        class Box:
            def __init__(self):
                self.full = False
                self.changed = threading.Condition()

            def put(self):
                with self.changed:
                    self.full = True
                self.changed.notify()

            def get(self):
                with self.changed:
                    while not self.full:
                        self.changed.wait()
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(box.get, box.put)

    found = failure(source, scenario)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "lost-wakeup"
    text = " ".join(found.text().split())
    told = "self.changed.notify() > reads self.changed → <Condition> ✗ raises RuntimeError: "
    assert told in text
    said = "thread-2 has died of RuntimeError: cannot notify on un-acquired lock in line 11."
    assert said in diagnosis.facts


def test_lock_of_a_thread_that_died_points_at_what_it_died_of(failure: Find) -> None:
    """The exception is raised between acquire and release, and the other thread waits for ever."""
    source = """
        import threading

        class Box:
            def __init__(self):
                self.lock = threading.Lock()

            def use(self):
                self.lock.acquire()
                raise ValueError("no")
                self.lock.release()
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(box.use, box.use)

    found = failure(source, scenario)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "lock-not-released"
    assert diagnosis.facts == ["thread-2 died of ValueError: no in line 9 while it held self.lock."]
    assert "✗ raises ValueError: no" in found.text()


def test_what_the_check_raises_is_blamed_on_the_race_that_gave_it(failure: Find) -> None:
    """Python refuses a negative length where it was asked for: that is no line of the student's."""
    source = """
        class Counts:
            def __init__(self):
                self.puts = self.gets = 0

            def put_and_get(self):
                self.puts += 1
                self.gets += 1

            def __len__(self):
                return self.puts - self.gets
    """

    def scenario(module: Any) -> Any:
        counts = module.Counts()
        return in_threads(counts.put_and_get, call(len, counts))[1]

    found = failure(source, scenario)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "torn-read"
    assert found.step(diagnosis.wrong_at).text == "return self.puts - self.gets"
    assert any("thread-2 raises ValueError" in fact for fact in diagnosis.facts)


CACHE = """
    import functools

    class Once:
        def __init__(self):
            self.ran = 0
            self.run = functools.cache(self.work)

        def work(self):
            self.ran += 1
            return self.ran

        def get(self):
            return self.run()
"""


def test_function_that_two_tasks_call_before_its_result_is_kept(failure: Find) -> None:
    """`functools.cache` locks nothing while the function runs."""

    def scenario(module: Any) -> Any:
        once = module.Once()
        return in_threads(once.get, once.get)

    found = failure(CACHE, scenario, lambda value: value == [1, 1])
    diagnosis = found.diagnosis("check-then-act")
    assert diagnosis.kind == "check-then-act"
    assert found.step(diagnosis.wrong_at).text == "return self.run()"
    assert any("nothing is locked while the function runs" in fact for fact in diagnosis.facts)
