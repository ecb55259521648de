"""Pictures of two moments, and readings that come too early."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_threads, read
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


def test_fields_read_one_by_one_can_be_of_times_that_never_were(failure: Find) -> None:
    """Changed by two calls, one after the other: seen are the old first and the new second."""
    source = """
        import threading
        class Book:
            def __init__(self):
                self.lock = threading.Lock()
                self.ups = self.downs = 0
            def up(self):
                with self.lock:
                    self.ups += 1
            def down(self):
                with self.lock:
                    self.downs += 1
            def value(self):
                return self.ups - self.downs
    """

    def scenario(module: Any) -> Any:
        book = module.Book()

        def work() -> None:
            book.up()
            book.down()

        return in_threads(work, book.value)[1]

    found = failure(source, scenario, lambda value: value >= 0)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "torn-read"
    wrong = found.step(diagnosis.wrong_at)
    assert ("return self.ups - self.downs", "downs") == (wrong.text, wrong.key)


HALF_DONE = {
    "taken back": (
        """
        import threading
        class Account:
            def __init__(self):
                self.lock = threading.Lock()
                self.money = 1
            def pay(self):
                with self.lock:
                    self.money -= 5
                    if self.money < 0:
                        self.money += 5
        """,
        "self.money -= 5",
        (1,),
    ),
    "one by one": (
        """
        class Account:
            def __init__(self):
                self.money = 1
            def pay(self):
                for _ in range(2):
                    self.money = self.money - 1
        """,
        "self.money = self.money - 1",
        (1, -1),
    ),
    "by a method": (
        """
        class Account:
            def __init__(self):
                self.money = 1
            def add(self, amount):
                self.money += amount
            def pay(self):
                self.add(-5)
                self.add(5)
        """,
        "self.money += amount",
        (1,),
    ),
}


@pytest.mark.parametrize("way", HALF_DONE)
def test_what_is_on_its_way_to_something_else_is_not_to_be_seen(failure: Find, way: str) -> None:
    """Where the check itself looks, the first of the two writes is the wrong step."""
    source, line, right = HALF_DONE[way]

    def scenario(module: Any) -> Any:
        account = module.Account()
        return in_threads(account.pay, lambda: read(account, "money"))[1]

    found = failure(source, scenario, lambda value: value in right)
    diagnosis = found.diagnosis("torn-read")
    assert diagnosis.kind == "torn-read"
    assert line == found.step(diagnosis.wrong_at).text
    assert "changed again" in diagnosis.note


def test_what_was_taken_out_is_missed_by_who_adds_to_it(failure: Find) -> None:
    """A look takes the number out and puts it back: an addition in between begins at 0."""
    source = """
        import threading
        class Counter:
            def __init__(self):
                self.lock = threading.Lock()
                self.value = 5
            def add(self, by):
                with self.lock:
                    self.value += by
                    return self.value
            def take(self):
                with self.lock:
                    old = self.value
                    self.value = 0
                    return old
            def look(self):
                old = self.take()
                self.add(old)
                return old
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(call(counter.add, 1), counter.look)[0]

    found = failure(source, scenario, lambda value: value == 6)
    diagnosis = found.diagnosis("torn-read")
    assert diagnosis.kind == "torn-read"
    assert "self.value += by" == found.step(diagnosis.wrong_at).text


def test_flag_is_there_to_be_seen(failure: Find) -> None:
    """A lock of the student's own is written twice, and others look at it in between."""
    source = """
        class Gate:
            def __init__(self):
                self.busy = False
                self.n = 0
            def add(self):
                if self.busy:
                    return
                self.busy = True
                self.n += 1
                self.busy = False
    """

    def scenario(module: Any) -> Any:
        gate = module.Gate()
        in_threads(*[gate.add] * 2)
        return gate.n

    found = failure(source, scenario, lambda value: value == 2)
    assert "torn-read" != found.kind()


def test_who_comes_in_without_the_lock_is_wrong(failure: Find) -> None:
    """Not the one that holds it from the write to the look."""
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
            def reset(self):
                self.value = 0
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        return in_threads(counter.increment, counter.reset)[0]

    found = failure(source, scenario, lambda value: value == 1)
    diagnosis = found.diagnosis("lost-update")
    assert diagnosis.kind == "torn-read"
    assert "self.value = 0" == found.step(diagnosis.wrong_at).text
    assert "does not ask for it" in " ".join(diagnosis.facts)


UNSEEN = {
    "values of a generator": """
        import threading
        lock = threading.Lock()
        def cell(money):
            while True:
                money += (yield money) or 0
        class Pair:
            def __init__(self):
                self.x, self.y = cell(5), cell(5)
                next(self.x), next(self.y)
            def move(self):
                with lock:
                    self.x.send(-1)
                    self.y.send(1)
            def look(self):
                return self.x.send(0) + self.y.send(0)
    """,
    "keys of a dict": """
        class Pair:
            def __init__(self):
                self.both = {"x": 5, "y": 5}
            def move(self):
                dict.__setitem__(self.both, "x", 4)
                dict.__setitem__(self.both, "y", 6)
            def look(self):
                return dict.get(self.both, "x") + dict.get(self.both, "y")
    """,
}


@pytest.mark.parametrize("way", UNSEEN)
def test_torn_read_is_found_where_nobody_sees_what_was_read(failure: Find, way: str) -> None:
    """Two looks while another task is between two changes."""

    def scenario(module: Any) -> Any:
        pair = module.Pair()
        return in_threads(pair.move, pair.look)[1]

    found = failure(UNSEEN[way], scenario, lambda value: value == 10)
    diagnosis = found.diagnosis("torn-read")
    assert diagnosis.kind == "torn-read"
    assert found.step(diagnosis.wrong_at).text.startswith("return")


def test_reads_of_what_nobody_changes_are_no_picture(failure: Find) -> None:
    """Two reads of one attribute that stays, beside a look at all attributes of the object."""
    source = """
        class Cache:
            def __init__(self):
                self.make = [].append
            def get(self):
                if "value" not in self.__dict__:
                    self.make(1)
                    self.value = self.make
                return self.make
    """

    def scenario(module: Any) -> Any:
        cache = module.Cache()
        in_threads(cache.get, cache.get)
        return len(cache.make.__self__)

    found = failure(source, scenario, lambda value: value == 1)
    assert found.kind() == "check-then-act"


def test_state_between_two_updates_is_no_torn_read(failure: Find) -> None:
    """Both fields are set under the lock, and later both are taken back: in between they fit."""
    source = """
        import threading
        class Room:
            def __init__(self):
                self.lock = threading.Lock()
                self.taken, self.by = False, ""
            def use(self):
                with self.lock:
                    self.taken = True
                    self.by = "me"
                with self.lock:
                    self.taken = False
                    self.by = ""
            def look(self):
                with self.lock:
                    return self.taken and self.by
    """

    def scenario(module: Any) -> Any:
        room = module.Room()
        return in_threads(room.use, room.look)[1]

    found = failure(source, scenario, lambda value: value != "me")
    assert "torn-read" != found.kind()


def test_write_after_the_reader_has_ended_was_not_to_come_first(failure: Find) -> None:
    """Both threads find an empty box; the main thread fills it when it has waited for them."""
    source = """
        class Box:
            def __init__(self):
                self.full = False
            def look(self):
                return self.full
            def fill(self):
                self.full = True
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        seen = in_threads(box.look, box.look)
        box.fill()
        return seen

    found = failure(source, scenario, lambda value: value == [True, True])
    assert found.kind() == "wrong-result"
