"""Stand-ins that are hashed by a number: a set of them has the same order in every run."""

from __future__ import annotations

from typing import Self

from grader.engine import runtime


class Numbered:
    """A base for stand-ins: hashed by a number in the order of their making, and not by their
    address, so that a set of them has the same order in every run of one schedule.
    """

    __slots__ = ("_number_",)
    _number_: int

    def __new__(cls, *args: object, **kwargs: object) -> Self:
        """A new object with the next number."""
        self = super().__new__(cls)
        state = runtime.current().state
        state["made"] = self._number_ = state.get("made", 0) + 1
        return self

    def __hash__(self) -> int:
        return self._number_
