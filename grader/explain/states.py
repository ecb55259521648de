"""What can be known between the steps of a run: the values of shared variables, who holds which
lock, and who waits for what.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from grader.engine.trace import Step
from grader.explain.picture import MOST_THINGS, Change, Holding, Lock, Place, Wait, short
from grader.explain.say import say, told
from grader.explain.view import View, is_change, place_of
from grader.explain.words import waits

Moment: TypeAlias = Callable[[int], int]
"""From the index of a step in the trace to its number in the picture."""

_UNTOLD: Final = "?"
_STATES: Final = {"set": say("set"), "clear": say("not set")}  # of an event
_ADDS, _TAKES = "{v} added", "{v} taken out"
_CHANGES: Final = {
    "append": _ADDS, "appendleft": _ADDS, "add": _ADDS, "put": _ADDS, "pop": _TAKES,
    "popleft": _TAKES, "popitem": _TAKES, "remove": _TAKES, "discard": _TAKES, "get": _TAKES,
}  # fmt: skip
_CONTAINERS: Final = ("[", "{", "(", "<")  # how the text of a value begins that is no plain one


def places_of(view: View, moment: Moment, language: str) -> tuple[list[Place], int]:
    """The variables that tasks share and change, in the order in which they were first touched,
    and how many more there are than a picture holds. What was read first had been so before; a
    method that changes a container is shown as such until the container is read again.
    """
    numbers = {number for number, _ in view.disputed}
    touched: dict[tuple[int, str | None], list[Step]] = {}
    attributes: dict[str, list[Step]] = {}  # whose values are containers
    for step in view.steps:
        if step.value is not None and step.value.startswith(_CONTAINERS):
            attributes.setdefault(step.place, []).append(step)
        if step.subject_id in numbers:
            touched.setdefault(place_of(step), []).append(step)
    kept = [place for place in touched if place in view.disputed]
    names = _names([touched[place] for place in kept], lambda step: step.place)
    places = []
    for place, name in list(zip(kept, names, strict=True))[:MOST_THINGS]:
        steps = touched[place]
        whole = touched.get((place[0], None), []) if place[1] is not None else []
        seen = attributes.get(name, []) if place[1] is None else []
        every = sorted({step.index: step for step in (*steps, *whole, *seen)}.values(), key=_index)
        history = _values(every, place[1], moment)
        for change in history:
            change.value = short(told(change.value, language))
        places.append(Place(short(name), history))
    return places, max(len(kept) - MOST_THINGS, 0)


def _index(step: Step) -> int:
    return step.index


def _values(steps: list[Step], key: str | None, moment: Moment) -> list[Change]:
    history: list[Change] = []
    value = _UNTOLD
    for step in steps:
        now = _value_after(step, key, value)
        if now == value:
            continue
        value = now
        if not history and not is_change(step):  # it was so all the time
            history.append(Change(0, value))
            continue
        at = moment(step.index)
        if history and history[-1].at == at:
            history.pop()
        history.append(Change(at, value))
    return history


def _value_after(step: Step, key: str | None, before: str) -> str:
    """What is in the place after the step; `before` where it says nothing about that."""
    if step.kind in ("read", "write") and key in (None, step.key):
        return short(step.value) if step.value is not None else before
    if step.kind == "delete":
        return say("deleted")
    if step.kind in _STATES and not step.data:
        return _STATES[step.kind]
    if not is_change(step):
        return before
    if step.kind in _CHANGES:  # without a value: it has raised
        if step.value is None:
            return before
        return say(_CHANGES[step.kind], v=step.value)
    return say("empty") if step.kind == "clear" else say("changed by {kind}", kind=step.kind)


class Locks:
    """Who holds which lock when. Locks that the student's code never asks for are left out."""

    def __init__(self, view: View) -> None:
        asked: dict[int, list[Step]] = {}
        for step in (*view.steps, *view.trace.blocked):
            if step.line and step.kind in ("acquire", "try-acquire"):
                asked.setdefault(step.subject_id, []).append(step)
        names = _names(asked.values(), lambda step: step.subject)
        self.names = dict(list(zip(asked, names, strict=True))[:MOST_THINGS])
        self.more = max(len(asked) - MOST_THINGS, 0)
        self.index = {number: at for at, number in enumerate(self.names)}
        self._held: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for at, number, task, takes in view.passed:
            history = self._held.setdefault(number, [])
            held = [one for one in (history[-1][1] if history else ()) if one != task]
            history.append((at, (*held, task) if takes else tuple(held)))

    def told(self, moment: Moment) -> list[Lock]:
        """The locks for a picture."""
        found = []
        for number, name in self.names.items():
            history: dict[int, Holding] = {}
            for at, held in self._held.get(number, ()):
                history[moment(at)] = Holding(moment(at), list(held))
            found.append(Lock(short(name), list(history.values())))
        return found

    def kept_since(self, number: int, task: int, after: int, until: int) -> int | None:
        """The first step, from `after` on, after which others held the lock; None where they did
        not before `until`.
        """
        history = self._held.get(number, [])
        first = max(bisect.bisect_right(history, after, key=_first) - 1, 0)
        for at, held in history[first:]:
            if at >= until:
                break
            if set(held) - {task}:
                return max(at, after)
        return None


def _first(pair: tuple[int, tuple[int, ...]]) -> int:
    return pair[0]


def passing_waits(view: View, moment: Moment, locks: Locks, language: str) -> list[Wait]:
    """Who waited from when until when, and went on after it: for a lock that another task had, or
    to be told. Of other waits a trace does not show how long they took.
    """
    found: list[Wait] = []
    last: dict[int, int] = {}
    for step in view.steps:
        since = _waits_since(step, last.get(step.task, -1), locks)
        if since is not None and step.index - since > 1:
            begun, over = moment(max(since, 0)), moment(step.index)
            found.append(_wait(step, begun, over, locks, language))
        last[step.task] = step.index
    return found


def last_waits(view: View, moment: Moment, locks: Locks, language: str) -> list[Wait]:
    """Who waits at the end, for ever. Those that only wait for the end of these come last. Where a
    trace does not show since when, it is told of the end only.
    """
    found = []
    last = {step.task: step.index for step in view.steps}
    for one in sorted(view.run.waiting, key=lambda one: (one.kind == "join", one.task)):
        blocked = view.blocked.get(one.task)
        if blocked is not None:
            since = _waits_since(blocked, last.get(one.task, -1), locks)
            begun = moment(len(view.steps)) if since is None else moment(max(since, 0))
            wait = _wait(blocked, begun, -1, locks, language)
            wait.holders, wait.daemon = list(one.holders), one.daemon
            found.append(wait)
    return found


def _waits_since(step: Step, before: int, locks: Locks) -> int | None:
    """The step after which the task waited, before it came to `step`; None: it did not have to,
    or a trace does not show it.
    """
    if step.expired or not step.line:
        return None
    if step.kind == "acquire":
        return locks.kept_since(step.subject_id, step.task, before, step.index)
    return before if step.kind == "wake" else None


def _wait(step: Step, since: int, until: int, locks: Locks, language: str) -> Wait:
    join = step.kind == "join"
    return Wait(
        step.task, short(told(waits(step), language)), since, until, step.line,
        "" if join else short(step.subject), locks.index.get(step.subject_id, -1), join=join,
    )  # fmt: skip


def _names(groups: Iterable[list[Step]], name: Callable[[Step], str]) -> list[str]:
    """A name for each group of steps that touch one thing: the most frequent one that does not
    begin with `self`, since several objects are called so; equal ones get a number.
    """
    chosen = []
    for steps in groups:
        count = Counter(map(name, steps))
        chosen.append(
            max(count, key=lambda each: (not each.startswith("self"), bool(each), count[each]))
        )
    times = Counter(chosen)
    seen: Counter[str] = Counter()
    names = []
    for each in chosen:
        seen[each] += 1
        names.append(each if times[each] == 1 else f"{each} #{seen[each]}")
    return names
