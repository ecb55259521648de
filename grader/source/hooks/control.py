"""Loops, handlers and output."""

from __future__ import annotations

from typing import Any

from grader.engine import runtime
from grader.engine.operation import READ
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
    """At the start of a handler: a task whose execution is over does not run on."""
    if runtime.execution is None or runtime.execution.over:
        raise Abandoned


def show(*values: object, sep: str | None = " ", end: str | None = "\n", file: Any = None,
         flush: bool = False) -> None:  # fmt: skip
    """`print`: one visible operation; the text goes to the execution's output."""
    execution = runtime.execution
    assert execution is not None
    text = (" " if sep is None else sep).join(map(str, values)) + ("\n" if end is None else end)
    if file is not None:
        file.write(text)
        return
    execution.perform("print", None, None, READ)
    if execution.recorder is not None:
        execution.recorder.note(text.rstrip("\n"))
    if len(execution.output) < 10_000:
        execution.output.append(text[:10_000])
