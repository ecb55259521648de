"""What a task has set for the calls that it makes, and what these find in its place."""

from __future__ import annotations

from collections.abc import Iterator

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.locks import about_locks
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.view import View, is_change, is_look, is_overwrite, same_value


def overwritten(view: View) -> Iterator[Finding]:
    """A task writes a place and calls a function that reads it, and meanwhile another task has
    written something else there.
    """
    for steps in view.disputed.values():
        set_: dict[int, Step] = {}
        for step in steps:
            mine = set_.get(step.task)
            if is_look(step) and mine is not None and _is_called_by(step, mine):
                others = [
                    other for other in steps
                    if mine.index < other.index < step.index and other.task != step.task
                    and is_change(other)
                ]  # fmt: skip
                if others and step.value is not None and not same_value(mine, step):
                    yield _found(view, mine, others[-1], step)
            if is_overwrite(step) and step.value is not None:
                set_[step.task] = step
            elif is_change(step):
                set_.pop(step.task, None)


def _is_called_by(look: Step, write: Step) -> bool:
    """Whether the function that looks was called by the one that wrote, which goes on after it."""
    depth = len(write.calls)
    return 0 < depth < len(look.calls) and look.calls[:depth] == write.calls


def _found(view: View, mine: Step, other: Step, look: Step) -> Finding:
    name, rival, place = view.name(mine.task), view.name(other.task), clean(look.place)
    facts = [
        say(
            "{name} wrote {place} as {mine} in line {line}, and finds {value} in line {line2}: "
            "{rival} has written there since.",
            name=name,
            place=place,
            mine=clean(mine.value or "?"),
            line=mine.line,
            value=clean(look.value or "?"),
            line2=look.line,
            rival=rival,
        ),
        *about_locks(view, mine, look, other),
    ]
    return Finding(
        "torn-read", [mine.index, other.index, look.index], look.index,
        say("not what {name} wrote before", name=name), 58, facts,
    )  # fmt: skip
