"""What the locks did about a race: held, not held, or not the same lock."""

from __future__ import annotations

from grader.engine.trace import Step
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.view import View, is_acquired


def _held(view: View, step: Step) -> set[int]:
    return set(view.held[step.index])


def _through(view: View, look: Step, act: Step) -> set[int]:
    """What the task held all the way from one step to the other."""
    first, second = view.taken[look.index], view.taken[act.index]
    return {lock for lock, since in first.items() if second.get(lock) == since}


def in_one_hold(view: View, one: Step, other: Step) -> bool:
    """Whether the task held some lock all the way from the one step to the other."""
    return bool(_through(view, one, other))


def _called(view: View, lock: int) -> str:
    for step in view.steps:
        if step.subject_id == lock and is_acquired(step):
            return clean(step.subject)
    return say("a lock")


def _origin(view: View, lock: int) -> str:
    return next((step.origin for step in view.steps if step.subject_id == lock), "")


def about_locks(view: View, look: Step, act: Step, other: Step) -> list[str]:
    """One sentence on why the locks did not keep `other` out between `look` and `act`: three
    steps in this order, the one in the middle another task's.
    """
    mine, theirs = _through(view, look, act), _held(view, other)
    both = mine & theirs
    if both:
        return [say("{lock} let both of them in at once.", lock=_called(view, min(both)))]
    again = (_held(view, look) & _held(view, act)) - mine
    name, rival = view.name(look.task), view.name(other.task)
    if again & theirs or (again and not mine):
        lock = _called(view, min(again & theirs or again))
        return [
            say(
                "{name} gave {lock} back between the two steps and took it again.",
                name=name,
                lock=lock,
            )
        ]
    for asked, locks in ((other, mine), (look, theirs), (act, theirs)):
        told = _without(view, asked, locks)
        if told:
            return [told]
    told = _at_one_step(view, theirs, look, act)
    if told:  # whatever else it holds
        return [told]
    if mine and theirs:
        return [_two_locks(view, min(mine), min(theirs), name, rival)]
    if mine:
        return [_of_one(view, min(mine), name, other)]
    if theirs:
        told = _of_one(view, min(theirs), rival, look)
    else:
        told = _at_one_step(view, _ever_held(view, other.task), look, act)
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
            asked = say(
                "{name} asked for {lock} in line {line}", name=name, lock=lock, line=before.line
            )
            why = say("did not get it")
            if before.expired:
                why = say("waited until its time was up")
            return say("{asked}, {why} and went on without it.", asked=asked, why=why)
    return ""


def _at_one_step(view: View, locks: set[int], look: Step, act: Step) -> str:
    """That the task held one of these locks at one of its two steps only."""
    first, second = _held(view, look) & locks, _held(view, act) & locks
    name = view.name(look.task)
    if first and act.line:
        lock = _called(view, min(first))
        return say(
            "{name} gave {lock} back before it came to line {line}.",
            name=name,
            lock=lock,
            line=act.line,
        )
    if second and look.line:
        lock = _called(view, min(second))
        return say(
            "{name} took {lock} only after it had read in line {line}.",
            name=name,
            lock=lock,
            line=look.line,
        )
    return ""


def _of_one(view: View, lock: int, holder: str, other: Step) -> str:
    """That only one of the two held the lock at all."""
    name, called = view.name(other.task), _called(view, lock)
    if lock in _ever_held(view, other.task):
        where = say("line {line}", line=other.line) if other.line else say("the check")
        return say(
            "{holder} holds {lock}, but {name} does not in {where}.",
            holder=holder,
            lock=called,
            name=name,
            where=where,
        )
    return say(
        "{holder} holds {lock}, but {name} does not ask for it.",
        holder=holder,
        lock=called,
        name=name,
    )


def is_guarded(view: View, look: Step, act: Step, other: Step) -> bool:
    """Whether the task of the two steps kept a lock all the way from one to the other, and the task
    that came in between held none at all.
    """
    return bool(_through(view, look, act)) and not _held(view, other)


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
        return [
            say(
                "{name} gave {lock} back between its two changes and took it again.",
                name=name,
                lock=lock,
            )
        ]
    return [say("{name} held no lock all the way from the one change to the other.", name=name)]


def _two_locks(view: View, mine: int, theirs: int, name: str, rival: str) -> str:
    first, second = _called(view, mine), _called(view, theirs)
    origin = _origin(view, mine)
    made = ""
    if origin and origin == _origin(view, theirs):
        made = say(
            " Both were made by line {made_at}, one each time it ran.",
            made_at=origin.rpartition(":")[2],
        )
    return say(
        "{name} holds {first} and {rival} holds {second}. These are two locks: neither keeps "
        "the other one out.{made}",
        name=name,
        first=first,
        rival=rival,
        second=second,
        made=made,
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
