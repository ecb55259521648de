"""A run depends on its schedule alone; code for which that is not so is told where."""

from __future__ import annotations

import pytest

from grader.explorer import Budget, Nondeterministic, Program, explore
from grader.source.load import from_text
from tests.programs import outcomes

THREADS = """
import threading
def together(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""


def test_the_order_of_a_set_of_objects_is_that_of_their_first_use() -> None:
    """Not that of their addresses, which are others in every run."""
    text = (
        THREADS
        + """
from dataclasses import dataclass
class Plain:
    def __init__(self, number): self.number = number
@dataclass(eq=False)
class Data:
    number: int
def orders():
    for kind in (Plain, Data):
        yield [each.number for each in {kind(number) for number in range(20)}]
def main():
    seen = []
    together(lambda: seen.append(1), lambda: seen.append(2))
    return list(orders())
"""
    )
    (orders,) = outcomes(text)
    assert [orders] == outcomes(text)
    assert [set(range(20))] * 2 == [set(order) for order in orders]


def test_classes_that_say_how_they_are_hashed_are_left_alone() -> None:
    """With an own hash, with none, by a dataclass, and one that is inherited."""
    text = """
from dataclasses import dataclass
from enum import Enum
@dataclass
class Equal:
    x: int
@dataclass(frozen=True)
class Frozen:
    x: int
class OnlyEqual:
    def __eq__(self, other): return True
class Own:
    def __hash__(self): return 7
class Heir(Own): pass
class Kind(Enum):
    A = 1
class Text(str): pass
def main():
    return [
        Equal.__hash__, OnlyEqual.__hash__, hash(Frozen(1)) == hash(Frozen(1)), hash(Heir()),
        len({Frozen(1), Frozen(1)}), {Kind.A: 2}[Kind(1)], {"a": 3}[Text("a")],
    ]
"""
    assert [[None, None, True, 7, 1, 2, 3]] == outcomes(text)


def test_equality_by_identity_goes_on() -> None:
    """Two objects that look alike are two members of a set, and each is found again."""
    text = """
class Thing: pass
def main():
    first, second = Thing(), Thing()
    things = {first, second, first}
    return [len(things), first in things, Thing() in things, hash(first) == hash(first)]
"""
    assert [[2, True, False, True]] == outcomes(text)


@pytest.mark.parametrize(
    "call",
    [
        "os.urandom(4)", "uuid.uuid4().hex", "uuid.uuid1().hex", "secrets.token_hex()",
        "secrets.randbelow(10**9)", "random.SystemRandom().random()", "random.random()",
        "datetime.datetime.now().isoformat()", "datetime.date.today().isoformat()",
        "datetime.datetime.now(datetime.timezone.utc).isoformat()", "time.time()",
        "time.perf_counter_ns()",
    ],
)  # fmt: skip
def test_the_world_outside_says_the_same_in_every_run(call: str) -> None:
    """Random bytes, numbers that nobody has twice, and the date. There are several outcomes where
    random numbers are extreme in some of the schedules.
    """
    text = f"""
import datetime, os, os.path, random, secrets, time, uuid
def main():
    return [str({call}), os.path.join("a", "b"), isinstance(datetime.datetime.now(), datetime.date)]
"""
    found = outcomes(text)
    assert found == outcomes(text)
    for once in found:
        assert [str(once[0]), "a/b", True] == once


COUNTS = """
import builtins
state = vars(builtins)
def next_number():
    state["counted"] = state.get("counted", 0) + 1
    return state["counted"]
"""


def test_the_step_where_two_runs_part_is_named() -> None:
    """By its line and its text."""
    text = (
        THREADS
        + COUNTS
        + """
def main():
    found = []
    together(lambda: found.append(1), lambda: found.append(2))
    number = next_number()
    found.append(number)
    return found
"""
    )
    with pytest.raises(Nondeterministic, match=r'part in line \d+ \(state\["counted"\] = '):
        outcomes(text)


def test_a_run_that_takes_another_way_is_noticed() -> None:
    """Other operations, in place of other values."""
    text = (
        THREADS
        + COUNTS
        + """
def main():
    found = []
    together(lambda: found.append(1), lambda: found.append(2))
    if next_number() % 2:
        found.append(3)
    else:
        found.clear()
    return 0
"""
    )
    with pytest.raises(Nondeterministic, match=r"part in line \d+"):
        outcomes(text)


def test_a_run_that_begins_like_another_spins_as_that_one_does() -> None:
    """Two tasks that give up when their time is up, and try again, the other way round."""
    text = (
        THREADS
        + """
class Account:
    def __init__(self): self.lock = threading.RLock()
def take(accounts):
    while True:
        held = []
        try:
            for account in accounts:
                if not account.lock.acquire(timeout=1): break
                held.append(account)
            else:
                return
        finally:
            for account in held: account.lock.release()
def main():
    a, b = Account(), Account()
    together(lambda: take([a, b]), lambda: take([b, a]))
"""
    )
    source = from_text(text, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda module: module.main())
    assert explore(program, Budget(200), strategy="dpor").schedules > 2


def test_an_object_with_a_number_can_go() -> None:
    """A weak reference dies when CPython's would, whatever was asked of its object."""
    text = """
import gc, weakref
class Thing:
    def __init__(self): self.name = "a"
def main():
    kept = [Thing()]
    numbers = {id(kept[0]): 1, hash(kept[0]): 2}
    found = kept[0] in {kept[0]}
    reference = weakref.ref(kept[0])
    before = reference() is kept[0]
    kept.clear()
    gc.collect()
    return [found, before, reference() is None]
"""
    assert [[True, True, True]] == outcomes(text)
