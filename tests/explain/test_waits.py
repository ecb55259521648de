"""Who waits in vain, who waits rightly, and who does not wait long enough."""

from __future__ import annotations

from typing import Any

from grader.scenario import call, in_threads
from tests.explain.failing import Find

BUFFER = """
    import threading
    from collections import deque

    class Buffer:
        def __init__(self):
            self.items = deque()
            lock = threading.Lock()
            self.not_full = threading.Condition(lock)
            self.not_empty = threading.Condition(lock)

        def put(self, item):
            with self.not_full:
                while len(self.items) >= 1:
                    self.not_full.wait()
                self.items.append(item)
                self.not_empty.notify()

        def get(self):
            with self.not_empty:
                while not self.items:
                    self.not_empty.wait()
                item = self.items.popleft()
                self.WOKEN.notify()
                return item
"""


def test_who_waits_though_it_could_go_on_is_blamed(failure: Find) -> None:
    """Two get, one puts twice: in the end one get waits as it should, and the put in vain."""

    def scenario(module: Any) -> Any:
        buffer = module.Buffer()

        def give() -> None:
            buffer.put("a")
            buffer.put("b")

        return in_threads(buffer.get, buffer.get, give)

    found = failure(BUFFER.replace("WOKEN", "not_empty"), scenario)
    assert {step.text for step in found.trace.blocked if step.line} == {
        "self.not_empty.wait()",
        "self.not_full.wait()",
    }
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "lost-wakeup"
    assert found.step(diagnosis.wrong_at).text == "self.not_full.wait()"
    said = "thread-3 looked at self.items in line 13; thread-2 has changed it since, in line 22."
    assert said in diagnosis.facts


def test_signal_before_a_look_is_not_called_lost(failure: Find) -> None:
    """One item is put and two are wanted: the second get has seen for itself that it is gone."""

    def scenario(module: Any) -> Any:
        buffer = module.Buffer()
        in_threads(call(buffer.put, "a"))
        buffer.get()
        return buffer.get()

    found = failure(BUFFER.replace("WOKEN", "not_full"), scenario)
    text = " ".join(found.text().split())
    assert "main waits because of what it saw of self.items in line 20" in text
    assert "a signal that nobody is waiting for" not in text


def test_wait_for_a_count_that_an_update_was_lost_of_is_that_lost_update(failure: Find) -> None:
    """Two count up without a common lock; a third one waits for both of them to have counted."""
    source = """
        import threading

        class Counter:
            def __init__(self):
                self.count = 0
                self.changed = threading.Condition()

            def add(self):
                self.count += 1
                with self.changed:
                    self.changed.notify_all()

            def wait(self):
                with self.changed:
                    self.changed.wait_for(lambda: self.count == 2)
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(counter.add, counter.add, counter.wait)

    found = failure(source, scenario)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "lost-update"
    assert found.step(diagnosis.wrong_at).text == "self.count += 1"
    assert "thread-3 finds self.count as 1 in line 15, and waits for ever." in diagnosis.facts


def test_wait_that_gives_up_is_where_it_goes_wrong(failure: Find) -> None:
    """A get waits for some seconds; what it would have got comes after that."""
    source = """
        import queue

        class Box:
            def __init__(self):
                self.queue = queue.Queue()

            def put(self, item):
                self.queue.put(item)

            def get(self):
                try:
                    return self.queue.get(timeout=5)
                except queue.Empty:
                    return None
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(box.get, call(box.put, "a"))[0]

    found = failure(source, scenario, lambda value: value == "a", early_timeouts=True)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "wrong-result"
    assert found.step(diagnosis.wrong_at).text == "return self.queue.get(timeout=5)"
    assert "What it waited for came later, from thread-2." in found.text()


def test_loop_that_waits_with_a_limit_has_not_given_up(failure: Find) -> None:
    """It waits again when its time was up: what is wrong is what it returns then."""
    source = """
        import queue

        class Box:
            def __init__(self):
                self.queue = queue.Queue()

            def put(self, item):
                self.queue.put(item)

            def get(self):
                while True:
                    try:
                        return self.queue.get(timeout=5) + "!"
                    except queue.Empty:
                        pass
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(box.get, call(box.put, "a"))[0]

    found = failure(source, scenario, lambda value: value == "a", early_timeouts=True)
    assert found.diagnosis().wrong_at is None
