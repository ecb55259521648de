"""Which execution is running. There is one at most: the engine lives in one OS thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from grader.engine.execution import Execution

execution: Execution | None = None


class NotRunning(RuntimeError):
    """A stand-in was used outside of a controlled execution."""


class NotModelled(Exception):
    """The code uses something that cannot be put under control: it cannot be graded."""


def current() -> Execution:
    """The execution that is running; raises `NotRunning` outside of one."""
    if execution is None:
        raise NotRunning("this object belongs to a controlled run, and none is running")
    return execution


class Numbered:
    """A base for stand-ins: hashed by a number in the order of their making, and not by their
    address, so that a set of them has the same order in every run of one schedule.
    """

    __slots__ = ("_number_",)
    _number_: int

    def __new__(cls, *args: object, **kwargs: object) -> Self:
        """A new object with the next number."""
        self = super().__new__(cls)
        state = current().state
        state["made"] = self._number_ = state.get("made", 0) + 1
        return self

    def __hash__(self) -> int:
        return self._number_
