"""What the student's code prints."""

from __future__ import annotations

from typing import Any

from grader.engine import runtime
from grader.engine.operation import READ


def show(*values: object, sep: str | None = " ", end: str | None = "\n", file: Any = None,
         flush: bool = False) -> None:  # fmt: skip
    """`print`: one visible operation; the text goes to the execution's output."""
    execution = runtime.now.execution
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
