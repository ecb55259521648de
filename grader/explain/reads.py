"""What goes wrong by reading: a picture of two moments, or one that is taken too early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.locks import about_locks, about_writers_locks
from grader.explain.plain import clean
from grader.explain.view import Place, View, distance, is_change, is_look, place_of, same_value

_NEAR: Final = 1  # calls between two reads that still belong together
_PAIRS: Final = 4_000  # pairs of reads looked at: long runs must not take for ever


def torn_reads(view: View) -> Iterator[Finding]:
    """A task reads related places, and another one changes some of them in between."""
    shared = view.disputed
    reads = [step for steps in shared.values() for step in steps if is_look(step) and step.data]
    reads.sort(key=lambda step: step.index)
    unique = list({step.index: step for step in reads}.values())
    pairs = 0
    for at, first in enumerate(unique):
        for second in unique[at + 1 :]:
            if second.task != first.task or distance(first, second) > _NEAR:
                continue
            pairs += 1
            if pairs > _PAIRS:
                return
            if place_of(first) == place_of(second):
                found = _twice(view, shared[place_of(first)], first, second)
            else:
                found = _pair(view, shared, first, second)
            if found is not None:
                yield found


def _twice(view: View, steps: list[Step], first: Step, second: Step) -> Finding | None:
    """One place read twice in one call, with different values; or written, and then read."""
    between = [step for step in steps if first.index < step.index < second.index]
    others = [step for step in between if step.task != first.task and is_change(step)]
    if not others:
        return None
    mine = [step for step in between if step.task == first.task and is_change(step)]
    if mine and others[-1].index < mine[-1].index:
        return None
    known = mine[-1] if mine and mine[-1].kind == "write" else first
    if same_value(known, second):
        return None
    if not mine and (act := _acts(steps, second)) is not None:
        return _decided_before(view, first, others[-1], act)
    start = mine[-1] if mine else first
    name, rival = view.name(first.task), view.name(others[-1].task)
    place = clean(second.place)
    did = "wrote" if mine else "read"
    saw = f"{did} {place} as {clean(start.value or '?')}"
    if start is not known:  # an `append`: its value is not that of the place
        saw = f"changed {place}"
    fact = (
        f"{name} {saw} in line {start.line}, and finds {clean(second.value or '?')} in line "
        f"{second.line}: {rival} came in between."
    )
    facts = [fact]
    facts += about_locks(view, start, second, others[-1])
    return Finding(
        "torn-read", sorted({start.index, others[-1].index, second.index}), second.index,
        f"not what it {did} before", 55 if mine else 65, facts,
    )  # fmt: skip


def _acts(steps: list[Step], look: Step) -> Step | None:
    """The change that the task itself makes after a look, in the same call."""
    for step in steps:
        if step.index > look.index and step.task == look.task and is_change(step):
            return step if distance(look, step) <= _NEAR else None
    return None


def _decided_before(view: View, first: Step, other: Step, act: Step) -> Finding:
    """It does read the place again before it changes it, but has made up its mind before."""
    name, rival, place = view.name(first.task), view.name(other.task), clean(first.place)
    fact = (
        f"{name} looked at {place} in line {first.line} and changes it in line {act.line}. "
        f"{rival} has changed it in between."
    )
    facts = [fact, *about_locks(view, first, act, other)]
    return Finding(
        "check-then-act", [first.index, other.index, act.index], act.index,
        "what it saw is no longer so", 62, facts,
    )  # fmt: skip


def _pair(view: View, shared: dict[Place, list[Step]], first: Step, second: Step) -> Finding | None:
    """Two places that another task changes together, seen one old and one new."""
    mine = first.task
    changes1 = [s for s in shared[place_of(first)] if is_change(s) and s.task != mine]
    changes2 = [s for s in shared[place_of(second)] if is_change(s) and s.task != mine]
    for one in changes1:
        for two in changes2:
            if one.task != two.task or one is two or distance(one, two) > _NEAR:
                continue
            if (one.index < first.index) == (two.index < second.index):
                continue
            if _seen_again(view, first, second):
                return None
            return _torn(view, first, second, one, two)
    return None


def _seen_again(view: View, first: Step, second: Step) -> bool:
    """Whether the task itself changes what it read, in the same call: then it is no picture."""
    places = {place_of(first), place_of(second)}
    return any(
        step.task == first.task and is_change(step) and place_of(step) in places
        and distance(step, second) <= _NEAR
        for step in view.concurrent()
    )  # fmt: skip


def _torn(view: View, first: Step, second: Step, one: Step, two: Step) -> Finding:
    name, rival = view.name(first.task), view.name(one.task)
    old, new = (second, first) if one.index < first.index else (first, second)
    fact = (
        f"{name} sees {clean(old.place)} as it was before {rival}'s change and "
        f"{clean(new.place)} as it is after it. These two never belonged together."
    )
    between = [step for step in (one, two) if first.index < step.index < second.index]
    if between:
        facts = [fact, *about_locks(view, first, second, between[0])]
    else:  # both reads came between the two changes
        early, late = sorted((one, two), key=lambda step: step.index)
        facts = [fact, *about_writers_locks(view, early, late, first)]
    return Finding(
        "torn-read", sorted({first.index, second.index, one.index, two.index}), second.index,
        "mixes two different moments", 70, facts,
    )  # fmt: skip


def too_early(view: View) -> Iterator[Finding]:
    """A place is read before the write that should have come first."""
    for steps in view.disputed.values():
        for task in {step.task for step in steps}:
            looks = [step for step in steps if step.task == task and is_look(step) and step.line]
            if not looks:
                continue
            look = looks[-1]
            late = [
                step for step in steps
                if step.index > look.index and step.task != task and is_change(step)
                and not view.joined(task, step.task, look.index)
            ]  # fmt: skip
            if late:
                yield _early(view, look, late)


def _early(view: View, look: Step, late: list[Step]) -> Finding:
    reader, writer = view.name(look.task), view.name(late[0].task)
    is_main = look.task == 0
    facts = [f"{reader} read {clean(look.place)} before {writer} had written it."]
    if is_main:
        fact = (
            f"{reader} read {clean(look.place)} while {writer} was still at work, and never "
            "waited for it."
        )
        facts = [fact]
    return Finding(
        "order-violation", [look.index, late[0].index], look.index,
        f"{writer} is not done yet", 75 if is_main else 20, facts,
    )  # fmt: skip
