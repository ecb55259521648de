"""Which execution is running. There is one at most: the engine lives in one OS thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from grader.engine.execution import Execution


class NotRunning(Exception):
    """A stand-in was used outside of a controlled execution."""


class NotModelled(Exception):
    """The code uses something that cannot be put under control: it cannot be graded."""


class _Now:
    """What is running: an object, since compiled code reaches it faster than a module's global."""

    __slots__ = ("execution",)

    def __init__(self) -> None:
        self.execution: Execution | None = None


now: Final = _Now()


def current() -> Execution:
    """The execution that is running; raises `NotRunning` outside of one."""
    execution = now.execution
    if execution is None:
        raise NotRunning("this object belongs to a controlled run, and none is running")
    return execution
