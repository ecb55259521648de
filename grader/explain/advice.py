"""What a run shows besides its end: accesses that nothing orders. Advice, and never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from grader.engine.trace import Step, Trace
from grader.explain.plain import clean
from grader.explain.say import say

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
        *([say("There are {more} more such pairs of lines.", more=more)] if more > 0 else []),
    ]


def _sentence(one: Step, other: Step) -> str:
    where = (
        say(
            "line {line} {does} it and line {line2} {does2} it",
            line=one.line,
            does=_does(one),
            line2=other.line,
            does2=_does(other),
        )
        if one.line != other.line
        else say("line {line} uses it in two tasks", line=one.line)
    )
    return say(
        "{place}: {where}, and nothing puts the two in an order.",
        place=clean(one.place),
        where=where,
    )


def _does(step: Step) -> str:
    return say("reads") if step.access == "read" else say("changes")
