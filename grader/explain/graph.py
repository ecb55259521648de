"""The wait-for graph in words: who holds what, and waits for what."""

from __future__ import annotations

from grader.engine.endings import Waiting, find_cycle
from grader.explain.plain import clean, width_of
from grader.explain.view import View
from grader.explain.words import waits


def waiting_lines(view: View, width: int) -> list[str]:
    """One line for each task that waits for ever; a circle of two stands on one line where it
    fits. Tasks that only wait for the end of these come last.
    """
    run = view.run
    waiting = {one.task: one for one in run.waiting}
    cycle = find_cycle(run.waiting)
    if cycle is not None:
        parts = [_in_cycle(view, waiting[task], cycle) for task in cycle]
        if len(parts) == 1:
            return [f"{parts[0]}: for itself"]
        line = "  ⇄  ".join(parts)
        if len(parts) == 2 and width_of(line) <= width:
            return [line]
        arrows = ["⇄ " if len(parts) == 2 else "→ "] * len(parts)
        return [
            f"{'  ' if index == 0 else arrows[index]}{part}" for index, part in enumerate(parts)
        ]
    ordered = sorted(run.waiting, key=lambda one: (one.kind == "join", one.task))
    return [_alone(view, one) for one in ordered if not one.daemon or len(ordered) == 1]


def _in_cycle(view: View, one: Waiting, cycle: list[int]) -> str:
    before = cycle[cycle.index(one.task) - 1]
    wanted = view.blocked.get(before)
    held = clean(wanted.subject) if wanted is not None and wanted.kind != "join" else ""
    name = view.name(one.task)
    holds = f" holds {held}," if held else ""
    return f"{name}{holds} {_waits(view, one)}"


def _waits(view: View, one: Waiting) -> str:
    blocked = view.blocked.get(one.task)
    if blocked is None:
        return f"waits ({clean(one.kind)})"
    return waits(blocked) + (f" (line {blocked.line})" if blocked.line else "")


def _alone(view: View, one: Waiting) -> str:
    text = f"{view.name(one.task)} {_waits(view, one)}"
    gone = [task for task in one.holders if task in view.ended]
    if gone and one.kind != "join":
        text += f", held by {view.name(gone[0])}, which has ended"
    return text
