"""What the locks did about a race: held, not held, or not the same lock."""

from __future__ import annotations

from grader.engine.trace import Step
from grader.explain.plain import clean
from grader.explain.view import View, is_acquired


def _held(view: View, step: Step) -> set[int]:
    return set(view.held[step.index])


def _through(view: View, look: Step, act: Step) -> set[int]:
    """What the task held all the way from one step to the other."""
    first, second = view.taken[look.index], view.taken[act.index]
    return {lock for lock, since in first.items() if second.get(lock) == since}


def _called(view: View, lock: int) -> str:
    for step in view.steps:
        if step.subject_id == lock and is_acquired(step):
            return clean(step.subject)
    return "a lock"


def _origin(view: View, lock: int) -> str:
    return next((step.origin for step in view.steps if step.subject_id == lock), "")


def about_locks(view: View, look: Step, act: Step, other: Step) -> list[str]:
    """One sentence on why the locks did not keep `other` out between `look` and `act`: three
    steps in this order, the one in the middle another task's.
    """
    mine, theirs = _through(view, look, act), _held(view, other)
    both = mine & theirs
    if both:
        return [f"{_called(view, min(both))} let both of them in at once."]
    again = (_held(view, look) & _held(view, act)) - mine
    name, rival = view.name(look.task), view.name(other.task)
    if again & theirs or (again and not mine):
        lock = _called(view, min(again & theirs or again))
        return [f"{name} gave {lock} back between the two steps and took it again."]
    for asked, locks in ((other, mine), (look, theirs), (act, theirs)):
        told = _without(view, asked, locks)
        if told:
            return [told]
    if mine and theirs:
        return [_two_locks(view, min(mine), min(theirs), name, rival)]
    if mine:
        return [_of_one(view, min(mine), name, other)]
    told = _at_one_step(view, theirs or _ever_held(view, other.task), look, act)
    if theirs:
        told = told or _of_one(view, min(theirs), rival, look)
    return [told] if told else []


def _ever_held(view: View, task: int) -> set[int]:
    """The locks that the task has held at some time."""
    return {step.subject_id for step in view.steps if step.task == task and is_acquired(step)}


def _without(view: View, step: Step, locks: set[int]) -> str:
    """That the step's task asked for one of these locks, did not get it and went on."""
    for before in reversed(view.steps[: step.index]):
        if before.task != step.task or before.subject_id not in locks:
            continue
        if before.kind == "release" or is_acquired(before):
            return ""
        if before.kind in ("acquire", "try-acquire"):
            name, lock = view.name(step.task), clean(before.subject)
            asked = f"{name} asked for {lock} in line {before.line}"
            why = "waited until its time was up" if before.expired else "did not get it"
            return f"{asked}, {why} and went on without it."
    return ""


def _at_one_step(view: View, locks: set[int], look: Step, act: Step) -> str:
    """That the task held one of these locks at one of its two steps only."""
    first, second = _held(view, look) & locks, _held(view, act) & locks
    name = view.name(look.task)
    if first and act.line:
        lock = _called(view, min(first))
        return f"{name} gave {lock} back before it came to line {act.line}."
    if second and look.line:
        lock = _called(view, min(second))
        return f"{name} took {lock} only after it had read in line {look.line}."
    return ""


def _of_one(view: View, lock: int, holder: str, other: Step) -> str:
    """That only one of the two held the lock at all."""
    name, called = view.name(other.task), _called(view, lock)
    if lock in _ever_held(view, other.task):
        where = f"line {other.line}" if other.line else "the check"
        return f"{holder} holds {called}, but {name} does not in {where}."
    return f"{holder} holds {called}, but {name} does not ask for it."


def about_writers_locks(view: View, one: Step, two: Step, look: Step) -> list[str]:
    """One sentence on why the locks let a task look between two changes of another one that
    belong together.
    """
    held = _held(view, one) | _held(view, two)
    if _through(view, one, two) or not held:
        return about_locks(view, one, two, look)
    name = view.name(one.task)
    again = _held(view, one) & _held(view, two)
    if again:
        lock = _called(view, min(again))
        return [f"{name} gave {lock} back between its two changes and took it again."]
    return [f"{name} held no lock all the way from the one change to the other."]


def _two_locks(view: View, mine: int, theirs: int, name: str, rival: str) -> str:
    first, second = _called(view, mine), _called(view, theirs)
    origin = _origin(view, mine)
    made = ""
    if origin and origin == _origin(view, theirs):
        made = f" Both were made by line {origin.rpartition(':')[2]}, one each time it ran."
    return (
        f"{name} holds {first} and {rival} holds {second}. These are two locks: neither keeps the "
        f"other one out.{made}"
    )


def are_per_process(view: View, look: Step, act: Step, other: Step) -> bool:
    """Whether two processes each held a lock that should have been one: different objects, made
    by the same line.
    """
    if look.process == other.process:
        return False
    mine, theirs = _through(view, look, act), _held(view, other)
    if mine & theirs:
        return False
    lines = {_origin(view, lock) for lock in mine} - {""}
    return any(_origin(view, lock) in lines for lock in theirs)
