"""What leaves a run is plain, and of the type that the contract speaks of."""

from __future__ import annotations

import dataclasses
import enum
import queue
from typing import Any

import pytest

from grader.explorer.observation import Plain, Raised, canonical, contracted, observe
from grader.explorer.outcome import summary_of_error


class Money(int):
    """A number that lies about everything it can."""

    def __repr__(self) -> str:
        return "a lot"

    def __int__(self) -> int:
        return 1_000_000

    def __add__(self, other: object) -> int:
        return 1_000_000

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1


class Name(str):
    """Likewise."""

    __slots__ = ()

    def __str__(self) -> str:
        return "somebody else"

    def __getitem__(self, at: Any) -> str:
        return "x"


class Rate(float):
    """Likewise."""

    def __float__(self) -> float:
        return 0.0


class Level(enum.IntEnum):
    """A number with a name."""

    HIGH = 3


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Money(7), 7), (Name("ada"), "ada"), (Rate(0.5), 0.5), (Level.HIGH, 3), (True, True)],
)
def test_a_subclass_counts_as_its_base(value: Any, expected: Plain) -> None:
    """Its own methods are not asked."""
    seen = observe(value)
    assert type(expected) is type(seen)
    assert canonical(expected) == canonical(seen)


def test_other_types_are_only_named() -> None:
    """An object of another type is not looked into."""
    assert {"not-plain": "object"} == observe(object())
    assert [1, {"not-plain": "complex"}] == observe([1, 2j])


class NotEnough(ValueError):
    """A student's own."""


class Deeper(NotEnough):
    """And a special case of it."""


class Strange(Exception):
    """Nothing but an Exception."""


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError(), "ValueError"), (Deeper(), "ValueError"), (Strange(), "Strange"),
        (dataclasses.FrozenInstanceError(), "AttributeError"), (queue.Empty(), "Empty"),
        (RecursionError(), "RecursionError"), (KeyError(), "KeyError"), (OSError(), "OSError"),
    ],
)  # fmt: skip
def test_an_exception_counts_as_what_python_knows(error: Exception, expected: str) -> None:
    """A subclass of a contracted exception is that exception."""
    assert expected == contracted(error)
    assert {"exception": expected} == observe(error)


def test_a_returned_exception_is_not_a_raised_one() -> None:
    """Nor is a dict that looks like the note of one."""
    assert {"raised": "ValueError"} == observe(Raised("ValueError"))
    assert {"exception": "ValueError"} == observe(ValueError())
    assert [{"dict": {"raised": "ValueError"}}] == observe([{"raised": "ValueError"}])
    assert {"raised": "ValueError", "n": 1} == observe({"raised": "ValueError", "n": 1})


def test_a_check_writes_notes_as_they_are() -> None:
    """What a check expects is compared with what was observed."""
    seen = observe([Raised("TypeError"), 3])
    assert canonical(seen) == canonical(observe([{"raised": "TypeError"}, 3], ours=True))


class Meta(type):
    """A metaclass that lies about its classes."""

    @property
    def __name__(cls) -> str:  # type: ignore[override]  # it lies
        raise RuntimeError

    @property
    def __mro__(cls) -> tuple[type, ...]:
        return (TypeError, object)

    def __hash__(cls) -> int:
        return hash(TypeError)

    def __eq__(cls, other: object) -> bool:
        return True


def lie(_: object) -> object:
    """Is never called."""
    raise RuntimeError


Liar: Any = Meta("Liar", (Exception,), {"args": property(lie), "__getitem__": lie})
Shy: Any = Meta("Shy", (), {"__class__": property(lie), "__getitem__": lie, "__iter__": lie})


def test_a_metaclass_is_not_asked() -> None:
    """Neither for the name of a class, nor whether it is another one; nor is an exception."""
    assert "Liar" == contracted(Liar())
    assert {"not-plain": "Shy"} == observe(Shy())
    assert "main: Liar" == summary_of_error("main", Liar())


def test_an_own_exception_is_not_the_builtin_of_its_name() -> None:
    """What is nothing more than an Exception may be called anything."""
    own = type("ValueError", (Exception,), {})
    assert "ValueError of its own" == contracted(own())


def test_what_multiplies_is_cut_off() -> None:
    """Lists of lists of lists are small where they are made, and not where they are written."""
    value: list[Any] = [1]
    for _ in range(11):
        value = [value] * 2_000
    assert {"too-much": "far too large"} == observe(value)
    itself: list[Any] = []
    itself.append(itself)
    assert "nested too deeply" in canonical(observe(itself))


def test_large_numbers_are_told_apart() -> None:
    """By their first digits and their length."""
    assert canonical(observe(16**200)) != canonical(observe(16**300))


def test_half_of_a_character_can_be_written() -> None:
    """What no encoding has is escaped, in values, names and messages."""
    assert {"str": "a\\ud800"} == observe("a\ud800")
    assert '"\\\\ud800"' in canonical(observe(["\ud800"]))
    assert "\\ud800: E: \\udfff" == summary_of_error(
        "\ud800", type("E", (Exception,), {})("\udfff")
    )


def test_an_address_is_no_part_of_a_message() -> None:
    """Where an object lies differs from run to run."""
    error = ValueError(f"no {object()}")
    assert "main: ValueError: no <object object at 0x…>" == summary_of_error("main", error)


def test_a_message_is_one_line() -> None:
    """Whatever ends lines in it, or in the name of a task."""
    text = summary_of_error("a\n::b", type("E\n", (Exception,), {})("c\r\n::d\u2028::e"))
    assert ["a ::b: E : c ::d ::e"] == text.splitlines()
