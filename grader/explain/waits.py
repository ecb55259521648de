"""Why a task waits: what it saw before, and whether that is still so."""

from __future__ import annotations

from grader.engine.endings import Waiting
from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.races import lost_updates
from grader.explain.say import say
from grader.explain.view import View, distance, is_change, place_of, same_value


def looks_before(view: View, wait: Step) -> list[Step]:
    """The last looks at what others change before a wait, in one line of the same call: why it
    waits. The last one comes first.
    """
    found: list[Step] = []
    for step in reversed(view.steps[: wait.index]):
        looked = step.task == wait.task and step.data and step.access == "read"
        if not looked or place_of(step) not in view.disputed or distance(step, wait) > 1:
            continue
        if found and step.line != found[0].line:
            break
        found.append(step)
    return found


def last_wait(view: View, one: Waiting) -> Step | None:
    """The step with which the task began to wait to be told; None where it waits otherwise."""
    blocked = view.blocked.get(one.task)
    if blocked is None:
        return None
    return next(
        (
            step for step in reversed(view.steps)
            if step.task == one.task and step.kind == "wait"
            and step.subject_id == blocked.subject_id
        ),
        None,
    )  # fmt: skip


def out_of_date(view: View, one: Waiting) -> tuple[Step, Step] | None:
    """What the task saw before it waited, and the last change that somebody has made to that
    since: it waits in vain. None where it would see the same again.
    """
    wait = last_wait(view, one)
    found = [
        (look, step)
        for look in (looks_before(view, wait) if wait is not None else [])
        for step in view.disputed[place_of(look)]
        if step.index > look.index and step.task != one.task and is_change(step)
        and not same_value(look, step)
    ]  # fmt: skip
    return max(found, key=lambda pair: pair[1].index, default=None)


def misled(view: View, one: Waiting) -> Finding | None:
    """The task waits rightly, because of a value that is wrong: an update of it has been lost."""
    wait = last_wait(view, one)
    if wait is None or out_of_date(view, one) is not None:
        return None
    for look in looks_before(view, wait):
        for found in lost_updates(view):
            assert found.wrong_at is not None
            lost = view.steps[found.wrong_at]
            if place_of(lost) == place_of(look) and lost.index < look.index:
                fact = say(
                    "{name} finds {place} as {value} in line {line}, and waits for ever.",
                    name=view.name(one.task),
                    place=clean(look.place),
                    value=clean(look.value or "?"),
                    line=look.line,
                )
                blocked = view.blocked[one.task].index
                found.focus = sorted({*found.focus, look.index, wait.index, blocked})
                found.facts.append(fact)
                found.weight = 200
                return found
    return None
