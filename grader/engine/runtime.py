"""Which execution is running. There is one at most: the engine lives in one OS thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.engine.execution import Execution

execution: Execution | None = None


class NotRunning(RuntimeError):
    """A stand-in was used outside of a controlled execution."""


def current() -> Execution:
    """The execution that is running; raises `NotRunning` outside of one."""
    if execution is None:
        raise NotRunning("this object belongs to a controlled run, and none is running")
    return execution
