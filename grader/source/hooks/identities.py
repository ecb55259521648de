"""`id` and `hash`: the same numbers in every run of one schedule."""

from __future__ import annotations

from typing import Any

from grader.engine import runtime
from grader.engine.operation import WRITE


class _Identities:
    """The numbers that `id` gives out in one execution."""

    __slots__ = ("kept", "numbers")

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.kept: list[object] = []  # no other object gets the address of one that has a number

    def number(self, obj: object) -> int:
        """The object's number, the next one if it has none yet."""
        known = self.numbers.get(id(obj))
        if known is None:
            known = self.numbers[id(obj)] = 0x7F00_0000_0000 + 64 * len(self.kept)
            self.kept.append(obj)
        return known


def identities(execution: Any) -> _Identities:
    """The numbers of this execution."""
    known: _Identities | None = execution.state.get("identities")
    if known is None:
        known = execution.state["identities"] = _Identities()
    return known


def identity(obj: Any, /) -> int:
    """`id`: a number that is the same in every run of one schedule. Objects that were made before
    there was a second task are numbered in the order in which they got their first attribute;
    which of two others has the smaller number is open, as in life: they are numbered when they
    are first asked for it, which is an operation that the explorer orders both ways.
    """
    execution = runtime.current()
    known = identities(execution)
    if not execution.solo and id(obj) not in known.numbers:
        execution.perform("id", known, None, WRITE)
    return known.number(obj)


def hash_of(obj: Any, /) -> int:
    """`hash`; of an object that is hashed by its identity, from `id`."""
    own: object = type(obj).__hash__
    if own is object.__hash__:
        return identity(obj) >> 4
    return hash(obj)
