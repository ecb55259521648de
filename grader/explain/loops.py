"""Runs that are busy without end: nobody gets on, or one does and another never has its turn."""

from __future__ import annotations

from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.say import listed, say
from grader.explain.view import Place, View, is_acquired, is_change, is_quiet, place_of

_TAIL: Final = 400  # steps at the end of a run that goes round in circles
_ROUNDS: Final = 3  # different values that show that somebody gets on
_RESTING: Final = frozenset({"sleep", "yield"})
_TURN: Final = 4  # different ones of them shown for each task


def livelock(view: View) -> Finding:
    """What the tasks do round after round when the steps of a run are used up."""
    turns = _turns(view)
    focus = sorted(step.index for step in turns)
    tasks = {step.task for step in turns}
    names = listed([view.name(task) for task in sorted(tasks)]) or say("the program")
    lines = sorted({step.line for step in turns})
    where = ""
    if lines:
        where = say(" in line {lines}", lines=lines[0])
        if len(lines) > 1:
            where = say(" in lines {lines} to {lines2}", lines=lines[0], lines2=lines[-1])
    verb = say("goes") if len(tasks) <= 1 else say("go")
    busy = [step.index for step in turns if step.kind not in _RESTING]
    wrong_at = max(busy or focus, default=None)
    starving = _starving(view)
    if starving:
        fact = say(
            "After {steps} steps {names} {verb} round{where} again and again, and gets on each"
            " time. {starving} is ready all the while and never gets its turn.",
            steps=f"{view.run.steps:,}",
            names=names,
            verb=verb,
            where=where,
            starving=starving,
        )
        return Finding(
            "starvation",
            focus,
            wrong_at,
            say("{starving} never gets its turn", starving=starving),
            200,
            [fact],
        )
    fact = say(
        "After {steps} steps {names} still {verb} round{where}. Is this a loop that waits for "
        "something that never comes, or that everybody retries at once?",
        steps=f"{view.run.steps:,}",
        names=names,
        verb=verb,
        where=where,
    )
    return Finding("livelock", focus, wrong_at, say("and so on, without end"), 200, [fact])


def _starving(view: View) -> str:
    """Who does nothing in the last rounds, while somebody else goes round, gets on each time, and
    looks at something that others change; or takes the lock that the first one asks for in vain.
    Empty: nobody, so that all are stuck alike.
    """
    tail = view.steps[-_TAIL:]
    written: dict[Place, set[str | None]] = {}
    for step in tail:
        if step.data and is_change(step):
            written.setdefault(place_of(step), set()).add(step.value)
    getting_on = {
        step.task for step in tail
        if is_change(step) and len(written.get(place_of(step), ())) > _ROUNDS
    }  # fmt: skip
    if not getting_on:
        return ""
    looks = any(step.data and step.line and place_of(step) not in written for step in tail
                if step.task in getting_on and step.value in ("True", "False", "None"))  # fmt: skip
    taken = {step.subject_id for step in tail if step.task in getting_on and is_acquired(step)}
    for name, task in _alive(view):
        if task in getting_on or any(step.task == task and is_change(step) for step in tail):
            continue
        asked = {step.subject_id for step in view.steps if step.task == task}
        if task in view.blocked:
            asked = {view.blocked[task].subject_id}
        if asked & taken or (looks and task not in view.blocked):
            return name
    return ""


def _alive(view: View) -> list[tuple[str, int]]:
    """The tasks that were started and have not ended, with their numbers: -1 for one that has never
    come to do anything.
    """
    numbers = {name: task for task, name in view.trace.tasks.items()}
    ended = {view.trace.tasks.get(task) for task in view.ended}
    started = [step.subject for step in view.steps if step.kind == "start"]
    return [
        (view.name(numbers[name]) if name in numbers else clean(name.partition(" ")[0]),
         numbers.get(name, -1))
        for name in started if name not in ended
    ]  # fmt: skip


def _turns(view: View) -> list[Step]:
    """What the tasks that are still busy do again and again: the last few different steps of
    each.
    """
    found: dict[tuple[int, int, str], Step] = {}
    tail = [step for step in view.steps[-_TAIL:] if step.line and step.kind != "spin"]
    loud = [step for step in tail if not is_quiet(view, step)]
    for step in reversed(loud or tail):
        mine = [key for key in found if key[0] == step.task]
        if len(mine) < _TURN:
            found.setdefault((step.task, step.line, step.kind), step)
    return list(found.values())
