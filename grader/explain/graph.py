"""The wait-for graph in words: who holds what, and waits for what."""

from __future__ import annotations

from grader.explain.picture import Picture, Wait
from grader.explain.plain import width_of


def waiting_lines(picture: Picture, width: int) -> list[str]:
    """One line for each task that waits for ever; a circle of two stands on one line where it
    fits. Tasks that only wait for the end of these come last.
    """
    waiting = last_waits(picture)
    cycle = [waiting[task] for task in picture.cycle]
    if cycle:
        parts = [_in_cycle(picture, one, cycle[index - 1]) for index, one in enumerate(cycle)]
        if len(parts) == 1:
            return [f"{parts[0]}: for itself"]
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
    holds = f" holds {before.thing}," if before.thing else ""
    return f"{picture.task(one.task).name}{holds} {_waits(one)}"


def _waits(one: Wait) -> str:
    return one.did + (f" (line {one.line})" if one.line else "")


def _alone(picture: Picture, one: Wait) -> str:
    text = f"{picture.task(one.task).name} {_waits(one)}"
    gone = [task for task in map(picture.task, one.holders) if task.ended]
    if gone and not one.join:
        text += f", held by {gone[0].name}, which has ended"
    return text
