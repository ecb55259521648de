"""What leaves a run is plain, and of the type that the contract speaks of."""

from __future__ import annotations

import dataclasses
import enum
import queue
from typing import Any

import pytest

from grader.explorer.observation import Plain, canonical, contracted, observe


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
    assert {"raised": expected} == observe(error)
