"""Classes whose code the standard library generates: as ever, and no way around the grader."""

from __future__ import annotations

import collections
import dataclasses
from typing import Any

import pytest

from grader.standins import generated


@dataclasses.dataclass(order=True, frozen=True)
class Point:
    """A class of which nearly everything is generated."""

    x: int
    y: list[int] = dataclasses.field(default_factory=list, compare=False)


def test_dataclasses_are_as_ever() -> None:
    """Generated methods work, and two classes of one text have defaults of their own."""
    assert Point(1) < Point(2)
    assert Point(1, [2]) == Point(1, [3])
    assert Point(1).y is not Point(1).y
    assert "Point(x=1, y=[2])" == repr(Point(1, [2]))

    def make(default: int) -> Any:
        @dataclasses.dataclass
        class Box:
            n: int = default

        return Box

    assert [1, 2] == [make(1)().n, make(2)().n]


def test_named_tuples_are_as_ever() -> None:
    """Two of them with one text are two classes."""
    make: Any = collections.namedtuple  # noqa: PYI024 - what is tested
    one, other = (make("Pair", "a b", defaults=[n]) for n in (1, 2))
    assert (5, 1) == one(5)
    assert (5, 2) == other(5)
    assert one is not other


def test_each_text_is_compiled_once() -> None:
    """The same class again takes no compiling."""

    def make() -> None:
        dataclasses.make_dataclass("Made", ["one", "other"])

    make()
    before = generated._compiled.cache_info().misses
    make()
    assert before == generated._compiled.cache_info().misses


@pytest.mark.parametrize(("module", "name"), [(dataclasses, "exec"), (collections, "eval")])
def test_nobody_else_can_execute_code_with_it(module: Any, name: str) -> None:
    """It is there for its module alone."""
    with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
        getattr(module, name)("1 + 1")
