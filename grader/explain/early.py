"""What comes too early: a read before the write that it needs, or before anybody was waited for."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.locks import in_one_hold
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.view import View, distance, is_change, is_look, is_value, place_of

_NEAR: Final = 2  # calls between starting somebody, or giving an order, and the read that needs it
_BY_FORCE: Final = frozenset({"terminate", "kill"})
_ANSWERS: Final = frozenset({"get", "wait", "wake", "join", "recv", "acquire"})


def too_early(view: View) -> Iterator[Finding]:
    """A place is read before the write that should have come first. Who reads in order to change
    the place itself waits for no other one's write.
    """
    for steps in view.disputed.values():
        for task in {step.task for step in steps}:
            looks = [step for step in steps if step.task == task and is_look(step) and step.line]
            if not looks:
                continue
            look = looks[-1]
            if task != 0 and _is_of_an_update(view, steps, look):
                continue
            late = [
                step for step in steps
                if step.index > look.index and step.task != task and is_change(step)
                and not view.joined(task, step.task, look.index)
                and not view.joined(step.task, task, step.index)  # then it was to come later
            ]  # fmt: skip
            if late:
                yield _early(view, look, late)


def _is_of_an_update(view: View, steps: list[Step], look: Step) -> bool:
    """Whether the reader changes the place itself: after the look, or with a lock that it holds
    from its change to the look.
    """
    return any(
        step.task == look.task and is_change(step) and distance(look, step) <= _NEAR
        and (step.index > look.index or in_one_hold(view, step, look))
        for step in steps
    )  # fmt: skip


def _early(view: View, look: Step, late: list[Step]) -> Finding:
    reader, writer = view.name(look.task), view.name(late[0].task)
    is_main = look.task == 0
    facts = [
        say(
            "{reader} read {place} before {writer} had written it.",
            reader=reader,
            place=clean(look.place),
            writer=writer,
        )
    ]
    if is_main:
        fact = say(
            "{reader} read {place} while {writer} was still at work, and never waited for it.",
            reader=reader,
            place=clean(look.place),
            writer=writer,
        )
        facts = [fact]
    return Finding(
        "order-violation", [look.index, late[0].index], look.index,
        say("{writer} is not done yet", writer=writer), 75 if is_main else 20, facts,
    )  # fmt: skip


def not_awaited(view: View) -> Iterator[Finding]:
    """A task goes on before what it has started, or asked for, is done."""
    yield from _ended_by_force(view)
    yield from _unfinished(view)
    yield from _orders_under_way(view)


def _ended_by_force(view: View) -> Iterator[Finding]:
    """Somebody ends a process that still has something to do."""
    for step in view.concurrent():
        if step.kind not in _BY_FORCE or not step.line or _has_ended(view, step):
            continue
        name = _short(step)
        fact = say(
            "{name} ends {name2} by force in line {line}: it is not done.",
            name=view.name(step.task), name2=name, line=step.line,
        )  # fmt: skip
        yield Finding(
            "order-violation", [*_start_of(view, step), step.index], step.index,
            say("{name} is not done yet", name=name), 76,
            [fact],
        )  # fmt: skip


def _has_ended(view: View, step: Step) -> bool:
    """Whether the task that the step is about has come to its end before it."""
    return any(
        each.kind == "end" and each.subject_id == step.subject_id
        for each in view.steps[: step.index]
    )


def _start_of(view: View, step: Step) -> list[int]:
    """The step that started the task that this one is about, or none."""
    return [
        each.index for each in view.steps[: step.index]
        if each.kind == "start" and each.subject_id == step.subject_id
    ][-1:]  # fmt: skip


def _short(step: Step) -> str:
    """The short name of the task that a step is about: `Process-1`."""
    return clean(step.subject.partition(" ")[0])


def _unfinished(view: View) -> Iterator[Finding]:
    """A call starts somebody and reads a value, without having waited for the end of it. What is
    written later is no matter of this rule: here it is never written.
    """
    for start in view.steps:
        if start.kind != "start" or not start.line:
            continue
        later = view.steps[start.index :]
        looks = [
            step for step in later
            if step.task == start.task and step.line and is_value(step) and is_look(step)
            and distance(start, step) <= _NEAR
        ]  # fmt: skip
        waited = [
            step.index for step in later
            if step.subject_id == start.subject_id
            and (step.kind in ("end", *_BY_FORCE) or (step.kind == "join" and not step.expired))
        ]  # fmt: skip
        if not looks or any(index < looks[-1].index for index in waited):
            continue
        look, name = looks[-1], _short(start)
        started = {task for task, called in view.trace.tasks.items() if called == start.subject}
        if any(is_change(step) and step.task in started for step in later
               if place_of(step) == place_of(look)):  # fmt: skip
            continue
        fact = say(
            "{name} started {name2} in line {line} and reads {place} in line {line2}, and "
            "never waited for it.",
            name=view.name(look.task),
            name2=name,
            line=start.line,
            place=clean(look.place),
            line2=look.line,
        )
        yield Finding(
            "order-violation", [start.index, look.index], look.index,
            say("{name} is not done yet", name=name), 56, [fact],
        )  # fmt: skip


def _orders_under_way(view: View) -> Iterator[Finding]:
    """A call puts an order into a queue and reads, with nobody having taken the order yet, what
    the one who works on orders changes.
    """
    queues: dict[int, dict[str, list[Step]]] = {}
    for step in view.steps:
        if step.kind in ("put", "get") and not step.data:
            queues.setdefault(step.subject_id, {"put": [], "get": []})[step.kind].append(step)
    given: dict[int, Step] = {}  # by task: the last order that nobody has answered
    for step in view.concurrent():
        put = given.get(step.task)
        if step.kind == "put" and step.subject_id in queues and step.line:
            given[step.task] = step
        elif step.kind in _ANSWERS or (put is not None and distance(put, step) > 1):
            given.pop(step.task, None)
        elif put is not None and step.data and is_look(step):
            queue = queues[put.subject_id]
            waiting = bisect.bisect_right(queue["put"], put.index, key=_index)
            done = bisect.bisect_left(queue["get"], step.index, key=_index)
            if done < waiting and _is_answer(view, queue["get"], step):
                yield _unanswered(view, put, step)
                given.pop(step.task)


def _index(step: Step) -> int:
    return step.index


def _is_answer(view: View, gets: list[Step], look: Step) -> bool:
    """Whether the place is changed, later than the look, by somebody who gets from the queue; or
    by nobody, where there is nobody who gets and what is read is what is returned. What a task
    changes itself is no answer to it.
    """
    touched = view.disputed.get(place_of(look))
    if touched is None:  # only one task has touched it
        touched = [step for step in view.concurrent() if place_of(step) == place_of(look)]
    changes = [step for step in touched if is_change(step)]
    if any(step.task == look.task for step in changes):
        return False
    if not gets:
        plain = look.value is not None and not look.value.startswith("<")
        return not changes and plain and look.text.startswith("return")
    workers = {step.task for step in gets}
    return any(step.task in workers and step.index > look.index for step in changes)


def _unanswered(view: View, put: Step, look: Step) -> Finding:
    name, queue = view.name(put.task), clean(put.place)
    fact = say(
        "{name} puts {value} into {queue} in line {line} and reads {place} in line {line2}, "
        "before anybody has taken it out.",
        name=name,
        value=clean(put.value) if put.value else say("an order"),
        queue=queue,
        line=put.line,
        place=clean(look.place),
        line2=look.line,
    )
    return Finding(
        "order-violation", [put.index, look.index], look.index, say("nobody has done it yet"), 58,
        [fact],
    )  # fmt: skip
