"""Names for people: `alice.lock`, `counter._value`, `lock#2`."""

from __future__ import annotations

from typing import Any

import pytest

from grader.engine.naming import Names
from grader.engine.owned import class_name, own_name


class Lock:
    """Stands for a stand-in."""

    _controlled_ = True


class Account:
    """An object of the student's."""

    def __init__(self, name: str) -> None:
        self.name = name


class Slotted:
    """One without a `__dict__`."""

    __slots__ = ("_name",)

    def __init__(self, name: str | None = None) -> None:
        if name is not None:
            self._name = name


class Lying:
    """One whose attributes run code."""

    @property
    def name(self) -> str:
        raise AssertionError("nobody may call this")

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]  # that is the point
        raise AssertionError("nobody may call this")


class Counter:
    """An object without a name."""


def test_lock_is_called_by_the_name_of_its_owner() -> None:
    """An object's own `name`, and the attribute."""
    names, alice, lock = Names(), Account("alice"), Lock()
    names.number(lock)
    names.link(alice, "lock", lock)
    assert names.name(lock) == "alice.lock"


def test_name_that_the_owner_gets_late_counts() -> None:
    """Names are those of the end of the run."""
    names, account, lock = Names(), Account(""), Lock()
    names.link(account, "lock", lock)
    names.number(lock)
    account.name = "bob"
    assert names.name(lock) == "bob.lock"


def test_owners_of_one_name_are_told_apart() -> None:
    """Two accounts of one kim are kim#1 and kim#2, and so are their locks."""
    names = Names()
    locks = [Lock(), Lock()]
    for lock in locks:
        names.link(Account("kim"), "lock", lock)
        names.number(lock)
    assert [names.name(lock) for lock in locks] == ["kim#1.lock", "kim#2.lock"]


def test_nameless_objects_are_called_by_their_class() -> None:
    """With a number where there are several."""
    names, one = Names(), Counter()
    names.number(one)
    assert names.name(one) == "counter"
    other = Counter()
    names.number(other)
    assert [names.name(one), names.name(other)] == ["counter1", "counter2"]


def test_stand_in_is_called_by_the_variable_that_it_was_made_for() -> None:
    """`lock = Lock()`: the line tells."""
    names, lock = Names(), Lock()
    names.made(lock, "a.py:3", "lock = threading.Lock()")
    assert names.name(lock) == "lock"
    assert names.origin(lock) == "a.py:3"


@pytest.mark.parametrize("text", ["return Lock()", "if lock == Lock():", "f(lock=Lock())"])
def test_other_lines_tell_no_name(text: str) -> None:
    """Only a plain assignment does."""
    names, lock = Names(), Lock()
    names.made(lock, "a.py:3", text)
    assert names.name(lock) in ("lock", "f")


def test_parts_go_by_the_name_of_the_whole() -> None:
    """A condition's own lock is the condition, for a person."""
    names, counter, condition, lock = Names(), Counter(), Lock(), Lock()
    names.link(condition, "", lock)
    names.number(lock)
    names.number(condition)
    names.link(counter, "changed", condition)
    assert names.name(lock) == names.name(condition) == "counter.changed"


def test_locks_in_a_list_are_called_by_their_places() -> None:
    """`_locks[0]` and `_locks[1]`."""
    names, locks = Names(), [Lock(), Lock()]
    names.link(None, "_locks", locks)
    for lock in locks:
        names.number(lock)
    assert [names.name(lock) for lock in locks] == ["_locks[0]", "_locks[1]"]


def test_owners_in_a_circle_end() -> None:
    """A list that contains itself has a name, too."""
    names = Names()
    one: list[Any] = []
    other: list[Any] = [one]
    one.append(other)
    names.link(one, "[0]", other)
    names.link(other, "[0]", one)
    names.number(one)
    assert names.name(one)
    assert names.name(other)


def test_methods_say_self_where_there_is_one_object_only() -> None:
    """`self._value` in a line that says so; else the object's own name."""
    names, counter = Names(), Counter()
    names.number(counter)
    assert names.as_self(counter, "_value", "self._value += by") == "self"
    assert names.as_self(counter, "_value", "other._value += by") is None
    names.number(Counter())
    assert names.as_self(counter, "_value", "self._value += by") is None
    assert names.as_self(Account("alice"), "balance", "self.balance += 1") is None


def test_own_name_runs_no_code() -> None:
    """Properties are not asked; attributes and slots are."""
    assert own_name(Lying()) is None
    assert own_name(Account("alice")) == "alice"
    assert own_name(Slotted("bob")) == "bob"
    assert own_name(Slotted()) is None
    assert own_name(Account("x" * 25)) is None
    assert own_name(3) is None


def test_class_names_lose_their_underscore() -> None:
    """`_Waiter` is a waiter."""

    class _Waiter:
        pass

    assert class_name(_Waiter()) == "waiter"


class Scalar:
    """A stand-in that goes by another word."""

    _controlled_ = True
    _word_ = "value"


def test_stand_in_may_have_a_word_of_its_own() -> None:
    """Its parts are found by it too; a student's class has no such word."""
    names, lock, scalar = Names(), Lock(), Scalar()
    names.link(scalar, "get_lock()", lock)
    names.number(lock)
    assert names.name(lock) == "value.get_lock()"
    assert names.whole(lock) is scalar
    assert names.whole(scalar) is scalar
    assert class_name(type("Mine", (), {"_word_": "no"})()) == "mine"
