"""What a run shows besides its end: accesses that nothing orders. Advice, and never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from grader.engine.trace import Step, Trace
from grader.explain.plain import clean

_MOST: Final = 3


def races_of(traces: Iterable[Trace]) -> list[str]:
    """A sentence for each two lines that race in one of these runs, at most a few of them."""
    told: dict[tuple[str, int, int], str] = {}
    for trace in traces:
        for pair in trace.races:
            one, other = sorted((trace.steps[at] for at in pair), key=lambda step: step.line)
            if one.line and other.line:
                told.setdefault((one.place, one.line, other.line), _sentence(one, other))
    sentences = list(told.values())
    more = len(sentences) - _MOST
    return [
        *sentences[:_MOST],
        *([f"There are {more} more such pairs of lines."] if more > 0 else []),
    ]


def _sentence(one: Step, other: Step) -> str:
    where = (
        f"line {one.line} {_does(one)} it and line {other.line} {_does(other)} it"
        if one.line != other.line
        else f"line {one.line} uses it in two tasks"
    )
    return f"{clean(one.place)}: {where}, and nothing puts the two in an order."


def _does(step: Step) -> str:
    return "reads" if step.access == "read" else "changes"
