"""Who looks a second time before it acts: whether that helps, and what is told if it does not."""

from __future__ import annotations

from typing import Any

from grader.scenario import call, in_threads, permitting
from tests.explain.failing import Failure, Find

BUFFER = """
    import threading
    from collections import deque

    class Closed(Exception):
        pass

    class Buffer:
        def __init__(self):
            self.items = deque()
            self.closed = False
            self.changed = threading.Condition()

        def close(self):
            with self.changed:
                self.closed = True
                self.changed.notify_all()
"""
PUT_AND_GET = (
    BUFFER
    + """
        def put(self, item):
            with self.changed:
                while len(self.items) >= 1 and not self.closed:
                    self.changed.wait()
                self.items.append(item)
                self.changed.notify_all()

        def get(self):
            with self.changed:
                while not self.items and not self.closed:
                    self.changed.wait()
                if not self.items:
                    raise Closed
                item = self.items[0]
            self.remove_first()
            return item

        def remove_first(self):
            with self.changed:
                if self.items:
                    self.items.popleft()
                self.changed.notify_all()
"""
)


def permitted(module: Any, function: Any, *arguments: Any) -> Any:
    """What the call gives; the `Closed` that it raises is a value."""
    return permitting({"Closed": module.Closed}, lambda: function(*arguments))


def test_second_check_does_not_turn_a_check_then_act_into_a_torn_read(failure: Find) -> None:
    """A put looks whether it is closed; its loop looks again, ends because it is; the put acts."""
    source = (
        BUFFER
        + """
        def put(self, item):
            with self.changed:
                if self.closed:
                    raise Closed
                while len(self.items) >= 1 and not self.closed:
                    self.changed.wait()
                self.items.append(item)
    """
    )

    def scenario(module: Any) -> Any:
        buffer = module.Buffer()
        buffer.put("first")
        in_threads(call(permitted, module, buffer.put, "second"), buffer.close)
        return len(buffer.items)

    found = failure(source, scenario, lambda value: value == 1)
    for hint in ("check-then-act", "torn-read", None):
        diagnosis = found.diagnosis(hint)
        assert diagnosis.kind == "check-then-act"
        assert found.step(diagnosis.wrong_at).text == "self.items.append(item)"
    assert "looked at self.closed in line" in " ".join(found.text().split())


def both_get(failure: Find, last: str) -> Failure:
    """Two threads get of a full buffer beside a third one: both are given the same item."""

    def scenario(module: Any) -> Any:
        buffer = module.Buffer()
        buffer.put("a")
        get = call(permitted, module, buffer.get)
        give = call(buffer.put, "b") if last == "put" else buffer.close
        return [*in_threads(get, get, give)[:2], len(buffer.items)]

    return failure(PUT_AND_GET, scenario, lambda value: value != ["a", "a", 0])


def test_loop_that_looks_again_is_not_to_blame(failure: Find) -> None:
    """A put has waited and looks again; it is the get that removes what it has not seen."""
    found = both_get(failure, "put")
    diagnosis = found.diagnosis("check-then-act")
    assert diagnosis.kind == "check-then-act"
    assert found.step(diagnosis.wrong_at).text == "self.items.popleft()"


def test_two_looks_at_an_object_are_not_told_as_two_equal_values(failure: Find) -> None:
    """Of a deque only the class is known: `<deque>`, and then `<deque>`."""
    found = both_get(failure, "close")
    assert found.step(found.diagnosis("torn-read").wrong_at).text == "if self.items:"
    text = " ".join(found.text("torn-read").split())
    assert "and finds it changed in line" in text
    assert "finds <deque>" not in text


def test_lock_taken_after_the_look_is_told_whatever_else_is_held(failure: Find) -> None:
    """The outer lock is another one; the inner one would do, if it were taken before the look."""
    source = """
        import threading

        class Once:
            def __init__(self):
                self.outer, self.lock = threading.Lock(), threading.Lock()
                self.result = None
                self.runs = 0

            def get(self):
                if self.result is None:
                    with self.lock:
                        self.runs += 1
                        self.result = "made"

            def get_inside(self):
                with self.outer:
                    self.get()
    """

    def scenario(module: Any) -> Any:
        once = module.Once()
        in_threads(once.get_inside, once.get)
        return once.runs

    found = failure(source, scenario, lambda value: value == 1)
    text = " ".join(found.text("check-then-act").split())
    assert "took self.lock only after it had read in line 10." in text
    assert "These are two locks" not in text
