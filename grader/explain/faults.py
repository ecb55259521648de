"""Exceptions, and locks that are still held when nobody needs them any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.view import View, is_change, is_look, is_quiet, place_of

_COMES: Final = {"get": "put", "put": "get", "wake": "notify"}  # what ends which wait


def why_raised(view: View, *, process: bool = False) -> Finding:
    """The exception that nobody caught: in which task, at which line. `process`: what it ended is
    a process, of which its parent sees no more than the exit code.
    """
    raised = view.raised
    if raised is None:
        return Finding("exception", [], None, "", 200)
    mine = [
        step.index
        for step in view.steps
        if step.task == raised.task and step.index <= view.raised_after and not is_quiet(view, step)
    ]
    mine = mine[-3:] or _alone(view, raised)
    where = say(" in line {line}", line=raised.line) if raised.line else ""
    text = clean(raised.value) if raised.value else say("an exception")
    facts = [
        say(
            "The calls of {name}{where} come to that line again, and so on, until Python stops "
            "them with a RecursionError. The run ends there, even where the code catches that; "
            "only the first round is shown.",
            name=view.name(raised.task),
            where=where,
        )
        if view.run.recursed
        else say(
            "{name} raises {text}{where}, and {nobody}.",
            name=view.name(raised.task),
            text=text,
            where=where,
            nobody=say("its parent is not told") if process else say("nobody catches it"),
        )
    ]
    focus = {*mine, *_meddling(view, mine), raised.index}
    inside = _inside(view) if "already executing" in text else None
    if inside is not None:
        facts.append(
            say(
                "{name} was inside at that moment, in line {line}: a generator can go on for "
                "one task at a time.",
                name=view.name(inside.task),
                line=inside.line,
            )
        )
        focus.add(inside.index)
        focus.update(_before(view, task, view.raised_after) for task in (inside.task, raised.task))
        focus.discard(-1)
    return Finding("exception", sorted(focus), raised.index, "", 200, facts)


def _alone(view: View, raised: Step) -> list[int]:
    """The last value that the task looked at before it raised, and where it came from: what is
    told of a task that shares nothing with others.
    """
    mine = [
        step for step in view.steps[: view.raised_after + 1]
        if step.task == raised.task and step.data and step.line
    ]  # fmt: skip
    look = next((step for step in reversed(mine) if is_look(step)), None)
    if look is None:
        return []
    changes = [
        step.index for step in mine
        if step.index < look.index and is_change(step) and place_of(step) == place_of(look)
    ]  # fmt: skip
    return [*changes[-1:], look.index]


def _inside(view: View) -> Step | None:
    """The step that another task was about to make, in a generator, when the exception was
    raised; None where several were in one.
    """
    raised = view.raised
    found: dict[int, Step] = {}
    for step in [*view.steps[view.raised_after + 1 :], *view.trace.blocked]:
        if raised is not None and step.task != raised.task:
            found.setdefault(step.task, step)
    inside = [step for step in found.values() if step.resumes and step.line]
    return inside[0] if len(inside) == 1 else None


def _before(view: View, task: int, until: int) -> int:
    """The last step up to `until` that the task made in the student's code, or -1."""
    mine = [step.index for step in view.steps[: until + 1] if step.task == task and step.line]
    return max(mine, default=-1)


def _meddling(view: View, mine: list[int]) -> set[int]:
    """The last changes that others made to what these steps touched."""
    found: set[int] = set()
    for index in mine:
        step = view.steps[index]
        changes = [
            other.index
            for other in view.disputed.get(place_of(step), [])
            if other.task != step.task and other.index < mine[-1] and is_change(other)
        ]
        found |= set(changes[-1:])
    return found


def died(view: View) -> Iterator[Finding]:
    """A process ended with an exception, of which its parent sees no more than the exit code."""
    if view.trace.deaths and not view.trace.errors:
        found = why_raised(view, process=True)
        found.weight = 78
        yield found


def gave_up(view: View) -> Iterator[Finding]:
    """Somebody did not get a lock and went on without it."""
    for step in view.concurrent():
        failed = step.kind == "try-acquire" and step.value == "False"
        if not failed and not (step.expired and step.kind == "acquire"):
            continue
        later = view.steps[step.index + 1 :]
        mine = [one for one in later if one.task == step.task and one.subject_id == step.subject_id]
        if any(one.kind in ("acquire", "try-acquire") for one in mine):
            continue
        name, lock = view.name(step.task), clean(step.subject)
        holders = [task for task in view.names if _holds(view, task, step)]
        whose = say(" {name} had it.", name=view.name(holders[0])) if holders else ""
        fact = say(
            "{name} asked for {lock} in line {line}, did not get it and went on.{whose}",
            name=name, lock=lock, line=step.line, whose=whose,
        )  # fmt: skip
        focus = [step.index]
        if holders:
            focus.insert(0, _taking(view, holders[0], step))
        yield Finding(
            "wrong-result", focus, step.index, say("{name} goes on without it", name=name), 60,
            [fact],
        )  # fmt: skip


def cached_twice(view: View) -> Iterator[Finding]:
    """Two tasks have called a function that keeps what it returns, since neither found it kept. A
    trace does not tell for which arguments.
    """
    missed: dict[tuple[int, int], Step] = {}  # by cache and task
    kept: dict[int, Step] = {}  # by cache: the last step that kept something
    for step in view.concurrent():
        if step.kind == "look-up":
            missed[step.subject_id, step.task] = step
        elif step.kind == "keep" and step.line:
            look, other = missed.get((step.subject_id, step.task)), kept.get(step.subject_id)
            kept[step.subject_id] = step
            if look is None or other is None or other.index < look.index:
                continue
            name, place = view.name(step.task), clean(step.subject)
            fact = say(
                "{name} looked whether {place} had returned something before, and then called it. "
                "{rival} has called it too: nothing is locked while the function runs.",
                name=name, place=place, rival=view.name(other.task),
            )  # fmt: skip
            yield Finding(
                "check-then-act", [look.index, other.index, step.index], step.index,
                say("what it saw is no longer so"), 50, [fact],
            )  # fmt: skip


def lost_patience(view: View) -> Iterator[Finding]:
    """Somebody waited until its time was up and went on; what it waited for came later."""
    for step in view.concurrent():
        coming = _COMES.get(step.kind)
        if not (step.expired and step.line and coming):
            continue
        same = [one for one in view.steps[step.index + 1 :] if one.subject_id == step.subject_id]
        if any(one.task == step.task and set(one.calls) & set(step.calls) for one in same):
            continue  # it waits again
        late = next((one for one in same if one.kind == coming and one.task != step.task), None)
        if late is None:
            continue
        name = view.name(step.task)
        fact = say(
            "{name} waited for {subject} in line {line} until its time was up, and went on. What "
            "it waited for came later, from {rival}.",
            name=name, subject=clean(step.subject), line=step.line, rival=view.name(late.task),
        )  # fmt: skip
        yield Finding(
            "wrong-result", [step.index, late.index], step.index,
            say("{name} does not wait any longer", name=name), 54, [fact],
        )  # fmt: skip


def _holds(view: View, task: int, at: Step) -> bool:
    return task != at.task and _taking(view, task, at) >= 0


def _taking(view: View, task: int, at: Step) -> int:
    """The step at which `task` acquired what it holds while step `at` happens, or -1."""
    for step in reversed(view.steps[: at.index]):
        if step.task == task:
            if step.kind == "release" and step.subject_id == at.subject_id:
                return -1
            return view.taken[step.index].get(at.subject_id, -1)
    return -1


def unreleased(view: View) -> Iterator[Finding]:
    """Somebody gave up waiting for a lock whose holder had ended already."""
    held: dict[int, int] = {}
    for task, ended in view.ended.items():
        for lock in view.held[ended]:
            held[lock] = task
    for step in view.concurrent():
        holder = held.get(step.subject_id)
        if holder is None or step.task == holder or step.index < view.ended[holder]:
            continue
        if step.expired or (step.kind == "try-acquire" and step.value == "False"):
            name = view.name(holder)
            fact = say(
                "{name} has ended and still holds {subject}.",
                name=name, subject=clean(step.subject),
            )  # fmt: skip
            yield Finding(
                "lock-not-released",
                [view.taken[view.ended[holder]][step.subject_id], view.ended[holder], step.index],
                step.index, say("{name} has ended and still holds it", name=name), 65,
                [fact],
            )  # fmt: skip
