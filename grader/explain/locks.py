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
    """One sentence on why the locks did not keep `other` out between `look` and `act`."""
    mine, theirs = _through(view, look, act), _held(view, other)
    name, rival = view.name(look.task), view.name(other.task)
    both = mine & theirs
    if both:
        return [f"{_called(view, min(both))} let both of them in at once."]
    if mine and theirs:
        return [_two_locks(view, min(mine), min(theirs), name, rival)]
    again = _held(view, look) & _held(view, act)
    if again:
        lock = _called(view, min(again))
        return [f"{name} gave {lock} back between the two steps and took it again."]
    if mine:
        return [f"{name} holds {_called(view, min(mine))}, but {rival} does not ask for it."]
    if theirs:
        return [f"{rival} holds {_called(view, min(theirs))}, but {name} does not ask for it."]
    return []


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
