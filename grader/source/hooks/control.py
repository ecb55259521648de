"""Loops and handlers."""

from __future__ import annotations

import sys

from grader.engine import runtime
from grader.engine.task import Abandoned


def step() -> None:
    """At the start of a loop body."""
    runtime.current().tick()


def begin_round() -> None:
    """At the start of the body of a `while` loop, which may be waiting for another task."""
    runtime.current().tick(waiting=True)


def tick() -> bool:
    """In a comprehension's loop; True."""
    runtime.current().tick()
    return True


def alive() -> None:
    """At the start of a handler or of a `finally`: a task whose execution is over does not run on,
    nor does one that came to the limit of recursion.
    """
    execution = runtime.now.execution
    if execution is None or execution.is_end(sys.exception()):
        raise Abandoned
