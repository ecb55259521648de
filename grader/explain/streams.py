"""Streams of bytes: reads that got a part of what was sent, writes that took a part, and sockets
that were closed under somebody who waits.
"""

from __future__ import annotations

import re
from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.view import View

_PART: Final = re.compile(r"(\d+) of the (\d+) bytes")
_VAGUE: Final = frozenset({"exception", "wrong-result", "not-linearizable", "lost-wakeup"})
_WAITING: Final = frozenset({"accept", "recv", "send", "select"})


def in_pieces(view: View, found: Finding) -> Finding:
    """The finding, as one of a read or write of only a part, where the run had such a one: by
    itself it does no harm, and the explorer tries first what is whole.
    """
    parts = [step for step in view.steps if step.value and _PART.search(step.value)]
    if found.kind not in _VAGUE or not parts:
        return found
    focus = sorted({*found.focus, *(step.index for step in parts)})
    facts = [_told(view, parts[0]), *found.facts]
    return Finding("short-read", focus, found.wrong_at, found.note, found.weight, facts)


def _told(view: View, step: Step) -> str:
    match = _PART.search(step.value or "")
    assert match is not None
    some, all_ = match.groups()
    name, place = view.name(step.task), clean(step.subject)
    if step.kind == "send":
        return say(
            "The send of {name} in line {line} took {some} of {all} bytes and returned {some};"
            " the rest was never sent.",
            name=name,
            line=step.line,
            some=some,
            all=all_,
        )
    return say(
        "{name} asked {place} for data in line {line} and got {some} of the {all} bytes that "
        "were sent: the rest comes with a later call.",
        name=name,
        place=place,
        line=step.line,
        some=some,
        all=all_,
    )


def closed_under(view: View, blocked: Step) -> tuple[int, str] | None:
    """That another task closed the socket in which one waits: the step, and a sentence."""
    if blocked.kind not in _WAITING:
        return None
    for step in reversed(view.steps):
        closes = step.kind == "close" and step.subject_id == blocked.subject_id
        if closes and step.task != blocked.task:
            fact = say(
                "{name} closed {subject} in line {line} while {name2} was in {kind}: that does"
                " not wake it (shutdown does).",
                name=view.name(step.task),
                subject=clean(step.subject),
                line=step.line,
                name2=view.name(blocked.task),
                kind=blocked.kind,
            )
            return step.index, fact
    return None


def each_other(view: View, stuck: list[Step]) -> bool:
    """Whether several tasks wait for each other at the two ends of streams."""
    if len(stuck) < 2 or not {step.kind for step in stuck} <= _WAITING:
        return False
    full = all(step.kind == "send" for step in stuck)
    return full or any(step.kind in ("accept", "connect") for step in view.steps)
