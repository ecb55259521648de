"""What goes wrong between a look and what is done about it: lost updates, check-then-act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.locks import about_locks, are_per_process
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.view import (
    Place,
    View,
    distance,
    is_change,
    is_look,
    is_overwrite,
    place_of,
    same_value,
)

_NEAR: Final = 2  # calls between the look and the deed that still belong together
_CONDITION: Final = re.compile(
    r"^(if|elif|while|assert|match)\b|\b(if|and|or|not in)\b|^return .* in "
)
_FLAGS: Final = frozenset({"None", "True", "False"})
_QUIET: Final = frozenset({"release", "end", "join", "acquire", "clock", "wake", "call", "return"})


def is_condition(step: Step) -> bool:
    """Whether the step's line decides something."""
    return bool(_CONDITION.search(step.text))


def decides(look: Step) -> bool:
    """Whether what is read is a flag, or read to decide by it."""
    return is_condition(look) or look.value in _FLAGS


def lost_updates(view: View) -> Iterator[Finding]:
    """A task reads a place, another one changes it, the first one writes over the change."""
    last = _last_looks(view)
    for place, steps in view.disputed.items():
        looks: dict[int, Step] = {}
        for step in steps:
            look = looks.get(step.task)
            if look is not None and is_overwrite(step) and distance(look, step) <= _NEAR:
                others = _changes_between(steps, look, step)
                if others and not _decided(look, step):
                    yield _lost(view, look, others, step, place in last)
            if is_change(step):
                looks.pop(step.task, None)
            if is_look(step):
                looks[step.task] = step


def _changes_between(steps: list[Step], look: Step, act: Step) -> list[Step]:
    """Changes by others between the two that made what was looked at out of date."""
    return [
        step for step in steps
        if look.index < step.index < act.index and step.task != look.task and is_change(step)
        and not (step.kind == "write" and same_value(step, look))
    ]  # fmt: skip


def _decided(look: Step, act: Step) -> bool:
    """Whether the look was a check, not the first half of a computation."""
    if look.line == act.line:
        return False
    return decides(look)


def _lost(view: View, look: Step, others: list[Step], act: Step, final: bool) -> Finding:
    other = others[-1]
    name = view.name(other.task)
    theirs = [
        step for step in view.steps[look.index : other.index]
        if step.task == other.task and place_of(step) == place_of(look) and is_look(step)
    ]  # fmt: skip
    focus = sorted({look.index, act.index, *(step.index for step in (*theirs[-1:], *others[-2:]))})
    old, new = clean(look.value or ""), clean(other.value or "")
    facts = []
    if old and new and other.kind == "write":
        facts.append(
            say(
                "{name} goes on with the {old} it read before, although {name2} has written "
                "{new} since.",
                name=view.name(act.task),
                old=old,
                name2=name,
                new=new,
            )
        )
    facts += about_locks(view, look, act, other)
    kind, weight = "lost-update", 80
    if are_per_process(view, look, act, other):
        kind, weight = "per-process-lock", 100
    return Finding(
        kind,
        focus,
        act.index,
        say("overwrites what {name} wrote", name=name),
        weight + 10 * final,
        facts,
    )


def _last_looks(view: View) -> set[Place]:
    """What the main task reads when the others are done: what the result is made from."""
    others = [index for task, index in view.ended.items() if task != 0]
    behind = max(others, default=len(view.steps))
    return {place_of(step) for step in view.steps[behind:] if step.task == 0 and is_look(step)}


def checks_then_acts(view: View) -> Iterator[Finding]:
    """A task decides by what it sees, another one changes that, the first one acts all the
    same.
    """
    for place, steps in view.disputed.items():
        for look in steps:
            if not is_look(look) or not decides(look):
                continue
            until = _looks_again(steps, look)
            for other in steps:
                if not look.index < other.index < until:
                    continue
                if other.task == look.task:
                    if is_change(other):
                        break  # in time: what it does from here on is no longer due to that look
                    continue
                if not is_change(other) or (other.kind == "write" and same_value(look, other)):
                    continue
                act = _deed(view, look, other, until)
                if act is not None:
                    yield checked(view, place, look, other, act)
                break


def _looks_again(steps: list[Step], look: Step) -> int:
    """The step at which the task checks the same place again."""
    for step in steps:
        again = step.index > look.index and step.task == look.task and is_look(step)
        if again and is_condition(step):
            return step.index
    return 10**9


def _deed(view: View, look: Step, other: Step, until: int) -> Step | None:
    """What the task does next in the belief that nothing has changed."""
    for step in view.steps[other.index + 1 :]:
        if step.index >= until:
            return None
        if step.task != look.task:
            continue
        if distance(look, step) > _NEAR:
            return None
        if step.kind not in _QUIET and is_change(step):
            return step
    return None


def checked(view: View, place: Place, look: Step, other: Step, act: Step) -> Finding:
    """The task has looked at the place, another one has changed it, and it acts all the same."""
    name, rival = view.name(look.task), view.name(other.task)
    where = clean(look.place)
    fact = say(
        "{name} looked at {where} in line {line}; when it acts in line {line2}, {rival} has "
        "changed {where}.",
        name=name,
        where=where,
        line=look.line,
        line2=act.line,
        rival=rival,
    )
    facts = [fact]
    facts += about_locks(view, look, act, other)
    same = place[0] == act.subject_id
    return Finding(
        "check-then-act", sorted({look.index, other.index, act.index}), act.index,
        say("what it saw is no longer so"), 70 if same else 60, facts,
    )  # fmt: skip
