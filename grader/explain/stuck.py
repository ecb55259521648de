"""Runs that do not come to their end: who waits for whom, and why nobody goes on."""

from __future__ import annotations

from typing import Final

from grader.engine.endings import Ending, Waiting, find_cycle
from grader.explain.finding import Finding
from grader.explain.loops import livelock
from grader.explain.plain import clean
from grader.explain.say import listed, say
from grader.explain.view import View, is_acquired, last_of_call
from grader.explain.waits import misled
from grader.explain.wakeups import unwoken

_TAKERS: Final = ("acquire", "enter", "lock", "begin", "open", "start", "read", "write")
_FULL: Final = frozenset({"put", "send", "feed", "flush", "write"})


def why_stuck(view: View) -> Finding:
    """The reason why the tasks of a run that did not finish cannot go on."""
    run = view.run
    if run.ending in (Ending.LIVELOCK, Ending.STEP_BOUND):
        return livelock(view)
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
    last = [way[-1] for way in roots]
    wrong = next(filter(None, (misled(view, one) for one in last)), None)
    return wrong or unwoken(view, last)


def _joins(one: Waiting) -> bool:
    """Whether the student's code waits for a task to end; a check waits for its own in any case."""
    return one.kind == "join" and bool(one.holders) and bool(one.line)


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
    for index, one in enumerate(cycle):
        forgotten = _forgotten(view, one, cycle[(index + 1) % len(cycle)])
        if forgotten is not None:
            return forgotten
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
        note = say("nobody in this circle can go on")
        return Finding("deadlock", sorted(set(focus)), wrong_at, note, 200)
    note = say("it holds {x} itself", x=clean(last.subject) if last else "this")
    return Finding("self-deadlock", sorted(set(focus)), wrong_at, note, 200)


def _forgotten(view: View, one: Waiting, holder: Waiting) -> Finding | None:
    """A lock whose holder goes on, but has left the call that took it: by an early return or an
    exception. A call that is there to take it (`acquire`, a context manager) may leave with it.
    """
    blocked, other = view.blocked.get(one.task), view.blocked.get(holder.task)
    taken = None if blocked is None else _taking(view, holder.task, blocked.subject_id)
    if blocked is None or other is None or taken is None:
        return None
    took = view.steps[taken]
    if took.resumes or not took.calls or set(took.calls) & set(other.calls):
        return None
    if any(word in took.function.lower() for word in _TAKERS):
        return None
    last = last_of_call(view, took)
    name, lock = view.name(holder.task), clean(blocked.subject)
    facts = [
        say(
            "{name} took {lock} in line {line}, in a call that has ended without a release.",
            name=name,
            lock=lock,
            line=took.line,
        )
    ]
    focus = sorted({taken, last, blocked.index, other.index})
    note = say("the call ends, {lock} stays taken", lock=lock)
    return Finding("lock-not-released", focus, last, note, 200, facts)


def _not_released(view: View, way: list[Waiting]) -> Finding:
    """Waits for something whose holder has ended."""
    last = way[-1]
    blocked = view.blocked.get(last.task)
    holder = last.holders[0]
    name = view.name(holder)
    focus = [blocked.index] if blocked is not None else []
    subject = clean(blocked.subject if blocked else last.subject) or say("what others wait for")
    taken = _taking(view, holder, blocked.subject_id) if blocked is not None else None
    focus += [taken] if taken is not None else []
    facts = [say("{name} has ended and still holds {subject}.", name=name, subject=subject)]
    if holder in view.deaths:
        text, line = view.deaths[holder]
        where = say(" in line {line}", line=line) if line else ""
        facts = [
            say(
                "{name} died of {text}{where} while it held {subject}.",
                name=name,
                text=clean(text),
                where=where,
                subject=subject,
            )
        ]
    ended = view.ended.get(holder)
    if ended is not None:
        focus.append(ended)
    wrong_at, note = ended, say("and still holds {subject}", subject=subject)
    if view.raised is not None and view.raised.task == holder and view.raised.line:
        wrong_at = view.raised.index
    elif taken is not None and view.steps[taken].calls:
        wrong_at = last_of_call(view, view.steps[taken])
        note = say("the call ends, {subject} stays taken", subject=subject)
    if wrong_at is not None:
        focus.append(wrong_at)
    return Finding("lock-not-released", sorted(set(focus)), wrong_at, note, 200, facts)


def _undrained(view: View, way: list[Waiting]) -> Finding:
    focus = [view.blocked[one.task].index for one in way if one.task in view.blocked]
    first, last = way[0], way[-1]
    blocked = view.blocked.get(first.task)
    subject = clean(last.subject) or say("the queue")
    fact = say(
        "{name} waits for {name2} to end, and {name3} waits until somebody reads from "
        "{subject}. Nobody does.",
        name=view.name(first.task),
        name2=view.name(way[1].task),
        name3=view.name(last.task),
        subject=subject,
    )
    facts = [fact]
    wrong_at = blocked.index if blocked else None
    return Finding("join-before-drain", sorted(focus), wrong_at, say("nobody reads"), 200, facts)


def _leaked(view: View, wanted: list[Waiting]) -> Finding:
    tasks = {one.task for one in wanted}
    focus = [step.index for step in view.steps if step.kind.startswith("start")
             and any(view.trace.tasks.get(task) == step.subject for task in tasks)]  # fmt: skip
    focus += [view.blocked[task].index for task in sorted(tasks) if task in view.blocked]
    names = listed([view.name(task) for task in sorted(tasks)])
    verb = say("is") if len(tasks) == 1 else say("are")
    facts = [
        say("The main program has ended; {names} {verb} still waiting.", names=names, verb=verb)
    ]
    wrong_at = view.ended.get(0)
    if wrong_at is not None:
        focus.append(wrong_at)
    return Finding(
        "leaked-task",
        sorted(focus),
        wrong_at,
        say("{names} {verb} left behind", names=names, verb=verb),
        200,
        facts,
    )
