"""Pictures of two moments, and readings that come too early."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_threads
from tests.explain.failing import Find

TORN = {
    "two attributes": """
        class Pair:
            def __init__(self):
                self.x = self.y = 0
            def move(self):
                self.x += 1
                self.y += 1
            def look(self):
                return self.x - self.y
    """,
    "a sum over objects": """
        class Account:
            def __init__(self, name):
                self.name = name
                self.balance = 0
        class Pair:
            def __init__(self):
                self.all = [Account("a"), Account("b")]
            def move(self):
                self.all[0].balance -= 1
                self.all[1].balance += 1
            def look(self):
                return sum(account.balance for account in self.all)
    """,
    "items of a dict": """
        class Pair:
            def __init__(self):
                self.d = {"x": 0, "y": 0}
            def move(self):
                self.d["x"] = 1
                self.d["y"] = 1
            def look(self):
                return self.d["x"] - self.d["y"]
    """,
    "a lock for each": """
        import threading
        class Pair:
            def __init__(self):
                self.lock = threading.Lock()
                self.x = self.y = 0
            def move(self):
                with self.lock:
                    self.x += 1
                with self.lock:
                    self.y += 1
            def look(self):
                with self.lock:
                    x = self.x
                with self.lock:
                    return x - self.y
    """,
}


@pytest.mark.parametrize("way", TORN)
def test_torn_read_is_named_however_it_is_written(failure: Find, way: str) -> None:
    """One place as it was before a change, the other as it is after it."""

    def scenario(module: Any) -> Any:
        pair = module.Pair()
        return in_threads(pair.move, pair.look)[1]

    found = failure(TORN[way], scenario, lambda value: value == 0)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "torn-read"
    assert found.step(diagnosis.wrong_at).access == "read"
    assert {found.step(index).task for index in diagnosis.focus} == {1, 2}


GAPS = {
    "a lock for each account": (
        "with self.a: self.x -= 1",
        "with self.b: self.y += 1",
        "with self.a, self.b: return self.x + self.y",
        "thread-1 held no lock all the way from the one change to the other.",
    ),
    "one lock taken twice": (
        "with self.a: self.x -= 1",
        "with self.a: self.y += 1",
        "with self.a: return self.x + self.y",
        "thread-1 gave self.a back between its two changes and took it again.",
    ),
    "no lock around the changes": (
        "self.x -= 1",
        "self.y += 1",
        "with self.a: return self.x + self.y",
        "thread-2 holds self.a, but thread-1 does not ask for it.",
    ),
    "no lock around the reads": (
        "self.a.acquire(); self.x -= 1",
        "self.y += 1; self.a.release()",
        "return self.x + self.y",
        "thread-1 holds self.a, but thread-2 does not ask for it.",
    ),
    "two locks": (
        "self.a.acquire(); self.x -= 1",
        "self.y += 1; self.a.release()",
        "with self.b: return self.x + self.y",
        "thread-1 holds self.a and thread-2 holds self.b. These are two locks",
    ),
    "room for two": (
        "self.c.acquire(); self.x -= 1",
        "self.y += 1; self.c.release()",
        "with self.c: return self.x + self.y",
        "self.c let both of them in at once.",
    ),
}


@pytest.mark.parametrize("way", GAPS)
def test_story_says_which_lock_left_a_gap_between_two_changes(failure: Find, way: str) -> None:
    """Both reads between the two changes: what the writer held decides, not what the reader did."""
    one, two, look, said = GAPS[way]
    source = f"""
        import threading
        class Pair:
            def __init__(self):
                self.a, self.b, self.c = threading.Lock(), threading.Lock(), threading.Semaphore(2)
                self.x = self.y = 5
            def move(self):
                {one}
                {two}
            def look(self):
                {look}
    """

    def scenario(module: Any) -> Any:
        pair = module.Pair()
        return in_threads(pair.move, pair.look)[1]

    found = failure(source, scenario, lambda value: value == 10)
    assert found.kind("torn-read") == "torn-read"
    text = " ".join(found.text("torn-read").split())
    assert said in text
    assert ("at once" in text) == (way == "room for two")


@pytest.mark.parametrize("taken", ["old = self.value", "old, self.other = self.value, 0"])
def test_own_write_that_is_undone_is_what_came_in_between(failure: Find, taken: str) -> None:
    """It reads 0, writes 1 and finds 0 again: the last two differ, not the first and the last."""
    source = f"""
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
                self.value = 0
            def increment(self):
                with self.lock:
                    self.value += 1
                    return self.value
            def reset(self):
                {taken}
                self.value = 0
                return old
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(counter.increment, counter.reset)[0]

    found = failure(source, scenario, lambda value: value == 1)
    assert found.kind() == "torn-read"
    assert "thread-1 wrote self.value as 1 in line 8, and finds 0 in line 9" in " ".join(
        found.text().split()
    )


def test_own_write_found_again_is_no_torn_read(failure: Find) -> None:
    """Somebody wrote the same value in between: what was read before the write does not count."""
    source = """
        class Box:
            def __init__(self):
                self.value = 0
            def fill(self):
                if self.value == 0:
                    self.value = 1
                return self.value + 1
            def other(self):
                self.value = 1
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(box.fill, box.other)[0]

    found = failure(source, scenario, lambda value: value == 1)
    assert "came in between" not in found.text("torn-read")


def test_place_read_twice_with_different_values_is_a_torn_read(failure: Find) -> None:
    """A change between two readings of one place."""
    source = """
        class Box:
            def __init__(self):
                self.name = "old"
            def change(self):
                self.name = "new"
            def look(self):
                return self.name == self.name
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(box.change, box.look)[1]

    assert failure(source, scenario, lambda value: value is True).kind() == "torn-read"


def test_result_read_again_after_a_write_is_a_torn_read(failure: Find) -> None:
    """Nothing is lost, but the number that is returned is another one's."""
    source = """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
                self.value = 0
            def increment(self):
                with self.lock:
                    self.value += 1
                return self.value
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(*[call(counter.increment)] * 2)

    found = failure(source, scenario, lambda value: sorted(value) == [1, 2])
    assert found.kind("torn-read") == "torn-read"
    assert "came in between" in " ".join(found.text("torn-read").split())


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


def test_hint_decides_where_several_readings_fit(failure: Find) -> None:
    """The author of a check about totals hears of a torn read, not of the update beside it."""
    source = """
        class Pair:
            def __init__(self):
                self.x = self.y = 5
            def move(self):
                self.x -= 1
                self.y += 1
            def look(self):
                return self.x + self.y
    """

    def scenario(module: Any) -> Any:
        pair = module.Pair()
        return in_threads(pair.move, pair.look)[1]

    found = failure(source, scenario, lambda value: value == 10)
    assert found.kind("torn-read") == "torn-read"
    assert found.kind("not-linearizable") in ("torn-read", "not-linearizable")
