"""Exceptions, and locks that are still held when nobody needs them any more."""

from __future__ import annotations

from collections.abc import Iterator

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.view import View, is_change, is_quiet, place_of


def why_raised(view: View) -> Finding:
    """The exception that nobody caught: in which task, at which line."""
    raised = view.raised
    if raised is None:
        return Finding("exception", [], None, "", 200)
    mine = [
        step.index
        for step in view.steps
        if step.task == raised.task and step.index <= view.raised_after and not is_quiet(view, step)
    ]
    where = f" in line {raised.line}" if raised.line else ""
    text = clean(raised.value or "an exception")
    facts = [f"{view.name(raised.task)} raises {text}{where}, and nobody catches it."]
    focus = {*mine[-3:], *_meddling(view, mine[-3:]), raised.index}
    inside = _inside(view) if "already executing" in text else None
    if inside is not None:
        facts.append(
            f"{view.name(inside.task)} was inside at that moment, in line {inside.line}: a "
            "generator can go on for one task at a time."
        )
        focus.add(inside.index)
        focus.update(_before(view, task, view.raised_after) for task in (inside.task, raised.task))
        focus.discard(-1)
    return Finding("exception", sorted(focus), raised.index, "", 200, facts)


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
        found = why_raised(view)
        found.weight = 78
        found.facts = [
            fact.replace("nobody catches it", "its parent is not told") for fact in found.facts
        ]
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
        whose = f" {view.name(holders[0])} had it." if holders else ""
        focus = [step.index]
        if holders:
            focus.insert(0, _taking(view, holders[0], step))
        yield Finding(
            "wrong-result", focus, step.index, f"{name} goes on without it", 60,
            [f"{name} asked for {lock} in line {step.line}, did not get it and went on.{whose}"],
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
            yield Finding(
                "lock-not-released",
                [view.taken[view.ended[holder]][step.subject_id], view.ended[holder], step.index],
                step.index, f"{name} has ended and still holds it", 65,
                [f"{name} has ended and still holds {clean(step.subject)}."],
            )  # fmt: skip
