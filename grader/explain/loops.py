"""Runs that are busy without end."""

from __future__ import annotations

from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.view import View, is_quiet

_TAIL: Final = 400  # steps at the end of a run that goes round in circles
_TURN: Final = 4  # different ones of them shown for each task


def livelock(view: View) -> Finding:
    """What the tasks do round after round when the steps of a run are used up."""
    turns = _turns(view)
    focus = sorted(step.index for step in turns)
    tasks = {step.task for step in turns}
    names = " and ".join(view.name(task) for task in sorted(tasks)) or "the program"
    lines = sorted({step.line for step in turns})
    where = ""
    if lines:
        where = f" in line {lines[0]}"
        if len(lines) > 1:
            where = f" in lines {lines[0]} to {lines[-1]}"
    verb = "goes" if len(tasks) <= 1 else "go"
    fact = (
        f"After {view.run.steps:,} steps {names} still {verb} round{where}. Is this a loop that "
        "waits for something that never comes, or that everybody retries at once?"
    )
    facts = [fact]
    return Finding(
        "livelock", focus, focus[-1] if focus else None, "and so on, without end", 200, facts
    )


def _turns(view: View) -> list[Step]:
    """What the tasks that are still busy do again and again: the last few different steps of
    each.
    """
    found: dict[tuple[int, int, str], Step] = {}
    for step in reversed(view.steps[-_TAIL:]):
        if step.line and step.kind != "spin" and not is_quiet(view, step):
            mine = [key for key in found if key[0] == step.task]
            if len(mine) < _TURN:
                found.setdefault((step.task, step.line, step.kind), step)
    return list(found.values())
