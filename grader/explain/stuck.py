"""Runs that do not come to their end: who waits for whom, and why nobody goes on."""

from __future__ import annotations

from typing import Final

from grader.engine.endings import Ending, Waiting, find_cycle
from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.view import View, distance, is_acquired, is_quiet, place_of
from grader.explain.words import waits as said

_SIGNALS: Final = frozenset({"notify", "set", "clear", "put", "task_done", "release", "send"})
_FULL: Final = frozenset({"put", "send", "feed", "flush", "write"})
_MISSING: Final = {
    "get": "put one in",
    "put": "take one out",
    "acquire": "release it",
    "join": "say that the rest is done",
    "recv": "send any",
    "send": "read",
}
_TAIL: Final = 400  # steps at the end of a run that goes round in circles
_TURN: Final = 4  # different ones of them shown for each task


def why_stuck(view: View) -> Finding:
    """The reason why the tasks of a run that did not finish cannot go on."""
    run = view.run
    if run.ending in (Ending.LIVELOCK, Ending.STEP_BOUND):
        return _livelock(view)
    waiting = {one.task: one for one in run.waiting}
    cycle = find_cycle(run.waiting)
    if cycle is not None:
        return _cycle(view, [waiting[task] for task in cycle])
    wanted = [one for one in run.waiting if not one.daemon] or run.waiting
    if not wanted:
        return Finding("leaked-task", [])
    roots = [_root(one, waiting) for one in wanted]
    for way in roots:
        if way[-1].kind in ("acquire", "arrive") and way[-1].holders:
            return _not_released(view, way)
    for way in roots:
        if way[-1].kind in _FULL and any(_joins(one) for one in way[:-1]):
            return _undrained(view, way)
    if run.ending is Ending.LEAKED:
        return _leaked(view, wanted)
    return _unwoken(view, [way[-1] for way in roots])


def _joins(one: Waiting) -> bool:
    return one.kind == "join" and bool(one.holders)


def _root(one: Waiting, waiting: dict[int, Waiting]) -> list[Waiting]:
    """The way from a waiting task along those it waits for, to the one that is to blame."""
    way = [one]
    seen = {one.task}
    while True:
        nexts = [task for task in way[-1].holders if task in waiting and task not in seen]
        if not nexts:
            return way
        way.append(waiting[nexts[0]])
        seen.add(nexts[0])


def _taking(view: View, task: int, subject: int) -> int | None:
    """The step at which `task` acquired what it still holds."""
    found = None
    for step in view.steps:
        if step.subject_id == subject and step.task == task:
            if is_acquired(step):
                found = step.index
            elif step.kind == "release":
                found = None
    return found


def _cycle(view: View, cycle: list[Waiting]) -> Finding:
    focus: list[int] = []
    for index, one in enumerate(cycle):
        blocked = view.blocked.get(one.task)
        if blocked is None:
            continue
        focus.append(blocked.index)
        holder = cycle[(index + 1) % len(cycle)].task
        taken = _taking(view, holder, blocked.subject_id)
        if taken is not None:
            focus.append(taken)
    last = view.blocked.get(cycle[-1].task)
    wrong_at = last.index if last is not None else None
    if len(cycle) > 1:
        note = "nobody in this circle can go on"
        return Finding("deadlock", sorted(set(focus)), wrong_at, note, 200)
    note = f"it holds {clean(last.subject) if last else 'this'} itself"
    return Finding("self-deadlock", sorted(set(focus)), wrong_at, note, 200)


def _not_released(view: View, way: list[Waiting]) -> Finding:
    """Waits for something whose holder has ended."""
    last = way[-1]
    blocked = view.blocked.get(last.task)
    holder = last.holders[0]
    name = view.name(holder)
    focus = [blocked.index] if blocked is not None else []
    subject = clean(blocked.subject if blocked else last.subject) or "what others wait for"
    if blocked is not None:
        taken = _taking(view, holder, blocked.subject_id)
        focus += [taken] if taken is not None else []
    facts = [f"{name} has ended and still holds {subject}."]
    if holder in view.trace.errors:
        text, line = view.trace.errors[holder]
        where = f" in line {line}" if line else ""
        facts = [f"{name} died of {clean(text)}{where} while it held {subject}."]
    wrong_at = view.ended.get(holder)
    if wrong_at is not None:
        focus.append(wrong_at)
    note = f"and still holds {subject}"
    return Finding("lock-not-released", sorted(focus), wrong_at, note, 200, facts)


def _undrained(view: View, way: list[Waiting]) -> Finding:
    focus = [view.blocked[one.task].index for one in way if one.task in view.blocked]
    first, last = way[0], way[-1]
    blocked = view.blocked.get(first.task)
    subject = clean(last.subject) or "the queue"
    fact = (
        f"{view.name(first.task)} waits for {view.name(way[1].task)} to end, and "
        f"{view.name(last.task)} waits until somebody reads from {subject}. Nobody does."
    )
    facts = [fact]
    wrong_at = blocked.index if blocked else None
    return Finding("join-before-drain", sorted(focus), wrong_at, "nobody reads", 200, facts)


def _leaked(view: View, wanted: list[Waiting]) -> Finding:
    tasks = {one.task for one in wanted}
    focus = [step.index for step in view.steps if step.kind.startswith("start")
             and any(view.trace.tasks.get(task) == step.subject for task in tasks)]  # fmt: skip
    focus += [view.blocked[task].index for task in sorted(tasks) if task in view.blocked]
    names = " and ".join(view.name(task) for task in sorted(tasks))
    verb = "is" if len(tasks) == 1 else "are"
    facts = [f"The main program has ended; {names} {verb} still waiting."]
    wrong_at = view.ended.get(0)
    if wrong_at is not None:
        focus.append(wrong_at)
    return Finding(
        "leaked-task", sorted(focus), wrong_at, f"{names} {verb} left behind", 200, facts
    )


def _unwoken(view: View, roots: list[Waiting]) -> Finding:
    """Waits to be told by somebody, and nobody is left to tell."""
    root = roots[0]
    blocked = view.blocked.get(root.task)
    if blocked is None:
        return Finding("lost-wakeup", [], None, "", 200)
    number = blocked.subject_id
    signals = [
        step for step in view.concurrent()
        if step.subject_id == number and step.kind in _SIGNALS and step.kind != "release"
    ]  # fmt: skip
    waits = [
        step for step in view.steps
        if step.subject_id == number and step.task == root.task and step.kind == "wait"
    ]  # fmt: skip
    focus = [step.index for step in signals[-1:]] + [step.index for step in waits[-1:]]
    if waits:
        focus += _looks_before(view, waits[-1])
    stuck = [view.blocked[one.task] for one in roots if one.task in view.blocked]
    focus += [step.index for step in stuck]
    facts = [_lost_signal(view, view.name(root.task), blocked, signals, waits)]
    for task, (text, line) in view.trace.errors.items():
        where = f" in line {line}" if line else ""
        if task in view.blocked:
            continue
        facts.append(f"{view.name(task)} has died of {clean(text)}{where}.")
        focus += [view.ended[task]] if task in view.ended else []
    return Finding(
        "lost-wakeup", sorted(set(focus)), blocked.index, "nobody is left to wake it", 200,
        facts,
    )  # fmt: skip


def _looks_before(view: View, wait: Step) -> list[int]:
    """The last look at what others change before a wait, in the same call: why it waits."""
    for step in reversed(view.steps[: wait.index]):
        looked = step.task == wait.task and step.data and step.access == "read"
        if looked and place_of(step) in view.disputed and distance(step, wait) <= 1:
            return [step.index]
    return []


def _lost_signal(
    view: View, name: str, blocked: Step, signals: list[Step], waits: list[Step]
) -> str:
    """Where the signal went, as far as one was given at all."""
    subject = clean(blocked.subject) or "this"
    missing = _MISSING.get(blocked.kind)
    if missing is not None:
        return f"{name} {said(blocked)}, and nobody is left who will {missing}."
    if not signals:
        return f"{name} waits on {subject}, and no other task ever signals it."
    last = signals[-1]
    teller = view.name(last.task)
    if waits and last.index < waits[-1].index:
        if last.kind == "notify":
            return (
                f"{teller} notified {subject} before {name} began to wait: a signal that nobody "
                "is waiting for is gone."
            )
        return f"The last {clean(last.kind)} on {subject} came before {name} began to wait."
    if last.kind == "notify":
        return f"The last signal on {subject} came from {teller}, and it woke somebody else."
    return f"{name} waits on {subject}, and nobody is left who could end that."


def _livelock(view: View) -> Finding:
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
