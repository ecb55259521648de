"""Tasks that wait to be told, when nobody is left to tell them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from grader.engine.endings import Waiting
from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.streams import closed_under, each_other
from grader.explain.view import View, distance, is_change, last_of_call, place_of
from grader.explain.waits import last_wait, looks_before, out_of_date
from grader.explain.words import waits as said

_MISSING: Final = {
    "get": "put one in",
    "put": "take one out",
    "acquire": "release it",
    "join": "say that the rest is done",
    "recv": "send any",
    "send": "read it",
    "accept": "connect",
    "select": "send any, or connect",
}
_SIGNALS: Final = frozenset({"notify", "set", "clear", "put", "task_done", "release", "send"})
_TAKING: Final = frozenset({"get", "recv", "acquire"})


def unwoken(view: View, roots: list[Waiting]) -> Finding:
    """Waits to be told by somebody, and nobody is left to tell."""
    # Who would find it otherwise than it was is waiting in vain; the others wait as they should.
    root = min(roots, key=lambda one: (out_of_date(view, one) is None, not _slept_on(view, one)))
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
        focus += [look.index for look in looks_before(view, waits[-1])[:1]]
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
    facts, seen = _told(view, root, blocked, signals)
    focus += seen
    kind, note, wrong_at = "lost-wakeup", say("nobody is left to wake it"), blocked.index
    half = [step for step in takers if step.kind == "recv" and step.value is None]
    mine = None if takers else _taken_by_itself(view, blocked)
    if half:
        facts = [_half_read(view, blocked, half[-1])]
    elif takers:
        facts.append(say("{name} got the last one.", name=view.name(takers[-1].task)))
    elif mine is not None:
        facts.append(say("It took the last one itself, in line {line}, and never put one back.",
                         line=mine.line))  # fmt: skip
        wrong_at, note = last_of_call(view, mine), say("the call ends, and nothing was put back")
        focus += [mine.index, wrong_at]
    for task, text in _dead(view):
        facts.append(text)
        focus += [view.ended[task]] if task in view.ended else []
    raised = view.raised
    if raised is not None and raised.line and raised.task not in view.blocked:
        name = view.name(root.task)
        wrong_at = raised.index
        note = say("it ends here, and {name} waits for ever", name=name)
        focus += [view.raised_after, raised.index]
    closed = closed_under(view, blocked)
    if closed is not None:
        focus.append(closed[0])
        facts.append(closed[1])
    elif each_other(view, stuck):
        kind, note = "deadlock", say("each waits for what the other one has yet to do")
        wrong_at = blocked.index
    if half:
        kind, note = "short-read", say("the rest of its message never comes")
        wrong_at = blocked.index
        focus += [half[-1].index]
    return Finding(kind, sorted(set(focus)), wrong_at, note, 200, facts)


def _told(
    view: View, root: Waiting, blocked: Step, signals: list[Step]
) -> tuple[list[str], list[int]]:
    """Where the signal went, and what became of it, or why there should have been one; and the
    steps that this is about.
    """
    facts, focus = [_lost_signal(view, root, blocked, signals)], []
    changed = None if signals else out_of_date(view, root)
    if changed is not None:
        facts.append(_changed_since(view, *changed))
        focus += [step.index for step in changed]
    if signals and _slept_on(view, root):
        for fact, both in _again(view, signals[-1]):
            facts.append(fact)
            focus += both
    return facts, focus


def _dead(view: View) -> Iterator[tuple[int, str]]:
    """Who has died of an exception, and a sentence about it."""
    for task, (text, line) in view.deaths.items():
        if task not in view.blocked:
            where = say(" in line {line}", line=line) if line else ""
            name = view.name(task)
            yield (
                task,
                say("{name} has died of {text}{where}.", name=name, text=clean(text), where=where),
            )


def woken_in_vain(view: View) -> Iterator[Finding]:
    """A task waits because of what it has seen, is woken, and goes on without looking whether that
    is otherwise now: somebody else was faster, so that it is as before.
    """
    for wake in view.concurrent():
        if wake.kind != "wake" or wake.expired or not wake.line:
            continue
        looked = looks_before(view, wake)
        if not looked:
            continue
        look = looked[0]
        later = view.disputed[place_of(look)]
        next_ = next(
            (step for step in later if step.index > wake.index and step.task == wake.task), None
        )
        if next_ is None or next_.line == look.line or distance(wake, next_) > 1:
            continue
        told = [step for step in view.steps[: wake.index] if step.kind == "notify"]
        faster = [
            step for step in later
            if told and told[-1].index < step.index < next_.index and is_change(step)
            and step.task not in (wake.task, told[-1].task)
        ]  # fmt: skip
        if faster:
            yield _in_vain(view, look, wake, faster[-1], next_)


def _in_vain(view: View, look: Step, wake: Step, faster: Step, next_: Step) -> Finding:
    name, rival, place = view.name(wake.task), view.name(faster.task), clean(look.place)
    fact = say(
        "{name} looked at {place} in line {line}, waited and was woken. Before it went on, "
        "{rival} has changed {place} again, and {name} does not look a second time.",
        name=name,
        place=place,
        line=look.line,
        rival=rival,
    )
    return Finding(
        "lost-wakeup", [look.index, wake.index, faster.index, next_.index], next_.index,
        say("was woken, and it is as before"), 58, [fact],
    )  # fmt: skip


def _taken_by_itself(view: View, blocked: Step) -> Step | None:
    """Where the task itself has taken what it waits for, in a call that has ended since."""
    if blocked.kind != "get":
        return None
    same = [step for step in view.steps if step.subject_id == blocked.subject_id]
    last = next((step for step in reversed(same) if step.kind in ("get", "put")), None)
    if last is None or last.kind == "put" or last.task != blocked.task or not last.calls:
        return None
    return None if set(last.calls) & set(blocked.calls) else last


def _slept_on(view: View, one: Waiting) -> bool:
    """Whether a task waits on a condition that has been notified since it began to."""
    blocked = view.blocked.get(one.task)
    if blocked is None:
        return False
    began = told = -1
    for step in view.steps:
        if step.subject_id == blocked.subject_id:
            if step.kind == "wait" and step.task == one.task:
                began = step.index
            elif step.kind == "notify" and step.task != one.task:
                told = step.index
    return 0 <= began < told


def _again(view: View, signal: Step) -> list[tuple[str, tuple[int, int]]]:
    """Who was woken by this signal and has waited again: a sentence, and both steps."""
    later = [s for s in view.steps[signal.index + 1 :] if s.subject_id == signal.subject_id]
    woken = next((s for s in later if s.kind == "wake"), None)
    if woken is None:
        return []
    name = view.name(woken.task)
    fact = say("It was {name} that was woken. {name} could not go on, and waited again.", name=name)
    waits = [s for s in later if s.kind == "wait" and s.task == woken.task]
    return [(fact, (woken.index, s.index)) for s in waits if s.index > woken.index][:1]


def _half_read(view: View, blocked: Step, half: Step) -> str:
    """That two tasks read one end of a pipe at once: a message goes through it in parts, and one
    that got only a part could not make a value of it.
    """
    name, rival = view.name(blocked.task), view.name(half.task)
    return say(
        "{rival} and {name} read from {subject} at the same time. A message comes in parts, "
        "and each of them got some: {rival} could not make a message of its part, and {name} "
        "waits for the rest.",
        rival=rival,
        name=name,
        subject=clean(blocked.subject),
    )


def _changed_since(view: View, look: Step, change: Step) -> str:
    """That it waits because of what is no longer so."""
    return say(
        "{name} looked at {place} in line {line}; {rival} has changed it since, in line {line2}.",
        name=view.name(look.task),
        place=clean(look.place),
        line=look.line,
        rival=view.name(change.task),
        line2=change.line,
    )


def _lost_signal(view: View, root: Waiting, blocked: Step, signals: list[Step]) -> str:
    """Where the signal went, as far as one was given at all and would have helped."""
    name, wait = view.name(root.task), last_wait(view, root)
    subject = clean(blocked.subject) or say("this")
    missing = _MISSING.get(blocked.kind)
    if missing is not None:
        return say(
            "{name} {waits}, and nobody is left who will {missing}.",
            name=name,
            waits=said(blocked),
            missing=say(missing),
        )
    if not signals:
        return say(
            "{name} waits on {subject}, and no other task ever signals it.",
            name=name,
            subject=subject,
        )
    last = signals[-1]
    teller = view.name(last.task)
    if wait is not None and last.index < wait.index:
        looked = looks_before(view, wait)
        if looked and last.index < looked[0].index and out_of_date(view, root) is None:
            return say(
                "{name} waits because of what it saw of {place} in line {line}, and nobody is left "
                "who will change that.",
                name=name,
                place=clean(looked[0].place),
                line=looked[0].line,
            )
        if last.kind == "notify":
            return say(
                "{teller} notified {subject} before {name} began to wait: a signal that nobody"
                " is waiting for is gone.",
                teller=teller,
                subject=subject,
                name=name,
            )
        return say(
            "The last {kind} on {subject} came before {name} began to wait.",
            kind=clean(last.kind),
            subject=subject,
            name=name,
        )
    if last.kind == "notify":
        return say(
            "The last signal on {subject} came from {teller}, and it woke somebody else.",
            subject=subject,
            teller=teller,
        )
    return say(
        "{name} waits on {subject}, and nobody is left who could end that.",
        name=name,
        subject=subject,
    )
