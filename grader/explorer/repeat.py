"""Where two runs of one schedule part: the step to name when code does not repeat itself."""

from __future__ import annotations

from collections.abc import Sequence

from grader.engine.execution import Execution
from grader.engine.run import Limits
from grader.engine.trace import Recorder, Step
from grader.explorer.program import Program

_RUNS = 6  # of one schedule, to see a difference between them


class Nondeterministic(Exception):
    """The program did two different things under one schedule. The text says where, if two runs
    were seen that differ in a step.
    """


def not_repeatable(
    program: Program, choices: Sequence[int], limits: Limits, why: str
) -> Nondeterministic:
    """The error to raise when these choices gave two different runs."""
    first = _steps(program, choices, limits)
    for _ in range(_RUNS - 1):
        part = _first_difference(first, _steps(program, choices, limits))
        if part is not None:
            return Nondeterministic(f"{why}. They part {_place(part)}")
    return Nondeterministic(why)


def _steps(program: Program, choices: Sequence[int], limits: Limits) -> list[Step]:
    recorder = Recorder({source.filename: source.lines for source in program.sources.values()})
    program.run(Execution(choices, None, limits, recorder))
    return recorder.trace.steps


def _first_difference(
    left: list[Step], right: list[Step]
) -> tuple[Step | None, Step | None] | None:
    for one, other in zip(left, right, strict=False):
        if _told(one) != _told(other):
            return one, other
    if len(left) == len(right):
        return None
    at = min(len(left), len(right))
    return (left[at] if at < len(left) else None), (right[at] if at < len(right) else None)


def _told(step: Step) -> tuple[object, ...]:
    return step.task, step.kind, step.place, step.file, step.line, step.value, step.expired


def _place(part: tuple[Step | None, Step | None]) -> str:
    """Which step it is, without its values: they are others each time, and a verdict is not."""
    one, other = part
    step = one or other
    assert step is not None
    where = f"in line {step.line} ({step.text})" if step.line else "in the check"
    if one is None or other is None:
        return f"{where}, before which one of them ends"
    if one.line != other.line and other.line:
        return f"{where}, where the other one comes to line {other.line} ({other.text})"
    return where
