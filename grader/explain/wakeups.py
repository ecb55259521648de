"""Tasks that wait to be told, when nobody is left to tell them."""

from __future__ import annotations

from typing import Final

from grader.engine.endings import Waiting
from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.streams import closed_under, each_other
from grader.explain.view import View, distance, place_of
from grader.explain.words import waits as said

_MISSING: Final = {
    "get": "put one in",
    "put": "take one out",
    "acquire": "release it",
    "join": "say that the rest is done",
    "recv": "send any",
    "send": "read",
    "accept": "connect",
    "select": "send any, or connect",
}
_SIGNALS: Final = frozenset({"notify", "set", "clear", "put", "task_done", "release", "send"})
_TAKING: Final = frozenset({"get", "recv", "acquire"})


def unwoken(view: View, roots: list[Waiting]) -> Finding:
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
    takers = [
        step
        for step in view.concurrent()
        if step.subject_id == number
        and step.kind == blocked.kind in _TAKING
        and step.task != root.task
    ]
    focus += [step.index for step in takers[-1:]]
    facts = [_lost_signal(view, view.name(root.task), blocked, signals, waits)]
    half = [step for step in takers if step.kind == "recv" and step.value is None]
    if half:
        facts = [_half_read(view, blocked, half[-1])]
    elif takers:
        facts.append(f"{view.name(takers[-1].task)} got the last one.")
    for task, (text, line) in view.deaths.items():
        where = f" in line {line}" if line else ""
        if task in view.blocked:
            continue
        facts.append(f"{view.name(task)} has died of {clean(text)}{where}.")
        focus += [view.ended[task]] if task in view.ended else []
    kind, note = "lost-wakeup", "nobody is left to wake it"
    closed = closed_under(view, blocked)
    if closed is not None:
        focus.append(closed[0])
        facts.append(closed[1])
    elif each_other(view, stuck):
        kind, note = "deadlock", "each waits for what the other one has yet to do"
    if half:
        kind, note = "short-read", "the rest of its message never comes"
        focus += [half[-1].index]
    return Finding(kind, sorted(set(focus)), blocked.index, note, 200, facts)


def _half_read(view: View, blocked: Step, half: Step) -> str:
    """That two tasks read one end of a pipe at once: a message goes through it in parts, and one
    that got only a part could not make a value of it.
    """
    name, rival = view.name(blocked.task), view.name(half.task)
    return (
        f"{rival} and {name} read from {clean(blocked.subject)} at the same time. A message comes "
        f"in parts, and each of them got some: {rival} could not make a message of its part, and "
        f"{name} waits for the rest."
    )


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
