"""The wait-for graph in words: who holds what, and waits for what."""

from __future__ import annotations

from grader.explain.picture import Picture, Wait
from grader.explain.plain import width_of
from grader.explain.say import say, told


def waiting_lines(picture: Picture, width: int) -> list[str]:
    """One line for each task that waits for ever; a circle of two stands on one line where it
    fits. Tasks that only wait for the end of these come last.
    """
    waiting = last_waits(picture)
    cycle = [waiting[task] for task in picture.cycle]
    if cycle:
        parts = [_in_cycle(picture, one, cycle[index - 1]) for index, one in enumerate(cycle)]
        if len(parts) == 1:
            return [told(say("{waits}: for itself", waits=parts[0]), picture.language)]
        line = "  ⇄  ".join(parts)
        if len(parts) == 2 and width_of(line) <= width:
            return [line]
        arrows = ["⇄ " if len(parts) == 2 else "→ "] * len(parts)
        return [
            f"{'  ' if index == 0 else arrows[index]}{part}" for index, part in enumerate(parts)
        ]
    ends = list(waiting.values())
    return [_alone(picture, one) for one in ends if not one.daemon or len(ends) == 1]


def last_waits(picture: Picture) -> dict[int, Wait]:
    """Who waits at the end, by task."""
    return {wait.task: wait for wait in picture.waits if wait.until < 0}


def _in_cycle(picture: Picture, one: Wait, before: Wait) -> str:
    name = picture.task(one.task).name
    if not before.thing:
        return told(say("{name} {waits}", name=name, waits=_waits(one)), picture.language)
    holds = say("{name} holds {thing}, {waits}", name=name, thing=before.thing, waits=_waits(one))
    return told(holds, picture.language)


def _waits(one: Wait) -> str:
    if not one.line:
        return one.did
    return say("{waits} (line {line})", waits=one.did, line=one.line)


def _alone(picture: Picture, one: Wait) -> str:
    text = say("{name} {waits}", name=picture.task(one.task).name, waits=_waits(one))
    gone = [task for task in map(picture.task, one.holders) if task.ended]
    if gone and not one.join:
        text = say("{text}, held by {name}, which has ended", text=text, name=gone[0].name)
    return told(text, picture.language)
