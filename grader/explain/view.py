"""What the rules ask of a trace: who holds which lock when, who has ended, what was touched."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from grader.engine.run import Run
from grader.engine.trace import Step, Trace

Place: TypeAlias = "tuple[int, str | None]"
"""(number of the object, attribute or item): what two tasks may share."""

_NUMBERED: Final = re.compile(r"^((?:thread|process|task)-\d+)\b", re.IGNORECASE)
_ACQUIRING: Final = frozenset({"acquire", "try-acquire"})
_OVERWRITES: Final = frozenset({"write", "delete", "clear", "update", "__setitem__"})


class View:
    """A trace with its run, indexed. Computed once, never changed."""

    def __init__(self, run: Run, trace: Trace) -> None:
        self.run = run
        self.trace = trace
        self.steps = trace.steps
        self.blocked = {step.task: step for step in trace.blocked}
        self.deaths = {**trace.deaths, **trace.errors}
        self.raised = _raised(trace)
        self.raised_after = self._last_at(self.raised)
        self.names = _short_names(trace)
        self.begin = self._begin()
        self.ended = {step.task: step.index for step in self.steps if step.kind == "end"}
        self.held: list[tuple[int, ...]] = []  # by step: what its task holds while it acts
        self.taken: list[dict[int, int]] = []  # by step: lock -> the step that acquired it
        self.passed: list[tuple[int, int, int, bool]] = []  # (step, lock, task, takes it)
        self._follow_locks()
        self.disputed = self._shared()

    def at(self, index: int) -> Step:
        """A step by its index. Indexes behind the last stand for operations that never came to
        run; the one behind those, for the exception that nobody caught.
        """
        count = len(self.steps)
        if index < count:
            return self.steps[index]
        if index < count + len(self.trace.blocked):
            return self.trace.blocked[index - count]
        assert self.raised is not None
        return self.raised

    def _last_at(self, raised: Step | None) -> int:
        """The last step of the exception's task at the line that raised it, else its very last."""
        mine = [step for step in self.steps if raised is not None and step.task == raised.task]
        if self.run.recursed:  # only the first round is there
            return mine[-1].index if mine else -1
        there = [step for step in mine if raised is not None and step.line == raised.line]
        return (there or mine)[-1].index if mine else -1

    def name(self, task: int) -> str:
        """The short name of a task: `thread-1`."""
        return self.names.get(task, f"task {task}" if task else "main")

    def concurrent(self) -> Iterator[Step]:
        """The steps since there was more than one task."""
        return iter(self.steps[self.begin :])

    def accesses(self) -> dict[Place, list[Step]]:
        """The steps that touch each place, since there was more than one task. A step that
        touches an object as a whole counts for each of its places.
        """
        whole: dict[int, list[Step]] = {}
        places: dict[Place, list[Step]] = {}
        for step in self.concurrent():
            if step.subject_id and (is_value(step) or step.kind in _ASKING):
                places.setdefault(place_of(step), []).append(step)
                if step.key is None:
                    whole.setdefault(step.subject_id, []).append(step)
        for (number, key), steps in places.items():
            if key is not None and number in whole:
                steps.extend(whole[number])
                steps.sort(key=_index)
            elif key is None:
                parts = [more for (other, key2), more in places.items() if other == number and key2]
                steps.extend(step for part in parts for step in part if step.key is not None)
                steps.sort(key=_index)
        return places

    def _shared(self) -> dict[Place, list[Step]]:
        """The places that several tasks touch and at least one of them changes."""
        return {
            place: steps
            for place, steps in self.accesses().items()
            if len({step.task for step in steps}) > 1 and any(map(is_change, steps))
        }

    def overlap(self) -> bool:
        """Whether the tasks were interleaved at all. False: each ran from its first step to its
        last without another in between, so the same goes wrong one after another.
        """
        order: list[int] = []
        for step in self.concurrent():
            acts = step.line or step.data  # the check itself may look at something
            if step.task != 0 and acts and (not order or order[-1] != step.task):
                order.append(step.task)
        return len(order) != len(set(order))

    def joined(self, waiter: int, task: int, before: int) -> bool:
        """Whether `waiter` has waited for the end of `task` before step `before`."""
        name = self.trace.tasks.get(task)
        return any(
            step.kind == "join" and step.task == waiter and step.subject == name
            and not step.expired
            for step in self.steps[:before]
        )  # fmt: skip

    def _begin(self) -> int:
        for step in self.steps:
            if step.task != 0 or step.kind.startswith("start"):
                return step.index
        return len(self.steps)

    def _follow_locks(self) -> None:
        holding: dict[int, dict[int, int]] = {}
        for step in self.steps:
            mine = holding.setdefault(step.task, {})
            if is_acquired(step):
                mine[step.subject_id] = step.index
                self.passed.append((step.index, step.subject_id, step.task, True))
            self.held.append(tuple(mine))
            self.taken.append(dict(mine))
            if step.kind == "release":
                # Any task may release a lock: what it releases is no longer held by anybody.
                owner = step.task if step.subject_id in mine else _owner(holding, step.subject_id)
                if owner is not None:
                    del holding[owner][step.subject_id]
                    self.passed.append((step.index, step.subject_id, owner, False))
            if mine.pop(step.frees, None) is not None:
                self.passed.append((step.index, step.frees, step.task, False))


_index: Final = operator.attrgetter("index")
_ASKING: Final = frozenset(
    {"locked", "is-set", "is-alive", "empty", "full", "qsize", "set", "clear", "put", "get"}
)


def _owner(holding: dict[int, dict[int, int]], subject: int) -> int | None:
    return next((task for task, held in holding.items() if subject in held), None)


def is_acquired(step: Step) -> bool:
    """Whether the step's task holds the step's subject from now on."""
    if step.kind not in _ACQUIRING or step.expired:
        return False
    return step.kind == "acquire" or step.value == "True"


def is_value(step: Step) -> bool:
    """Whether the step touched what holds a value: a variable, or one that a manager or a shared
    memory keeps for several processes.
    """
    kept = step.kind in ("read", "write") or (step.kind == "get" and step.access == "read")
    return step.data or kept or (step.kind == "set" and step.value is not None)


def place_of(step: Step) -> Place:
    """What the step touched."""
    return (step.subject_id, step.key)


def is_change(step: Step) -> bool:
    """Whether the step changed what it touched."""
    return step.access != "read" and step.kind != "read"


def is_look(step: Step) -> bool:
    """Whether the step only looked."""
    return not is_change(step)


def is_quiet(view: View, step: Step) -> bool:
    """Whether nobody needs to be told of the step, not even that it was left out: what came
    before there was a second task, what the check itself does to start and end them, and looks
    at what nobody changes meanwhile.
    """
    if step.index < view.begin or not step.line:
        return True
    return step.data and place_of(step) not in view.disputed


def same_value(one: Step, other: Step) -> bool:
    """Whether both are known to have read or written the same value. Of objects only the class
    is shown, and long values are cut, so that their texts say nothing.
    """
    text = one.value
    if text is None or text.startswith("<") or text.endswith("…"):
        return False
    return text == other.value


def is_overwrite(step: Step) -> bool:
    """Whether what was there before is gone after the step. An `append` keeps it."""
    return step.kind in _OVERWRITES or (step.kind == "set" and step.value is not None)


def distance(one: Step, other: Step) -> int:
    """How far apart two steps of one task are in the calls of the student's functions: 0 in the
    same call, 1 when one of them is in a function that the other's has called, and so on; 99
    when they have no call in common.
    """
    common = 0
    for mine, theirs in zip(one.calls, other.calls, strict=False):
        if mine != theirs:
            break
        common += 1
    if not common:
        return 99
    return max(len(one.calls), len(other.calls)) - common


def last_of_call(view: View, step: Step) -> int:
    """The index of the last step that was made in the same call of a student's function, the
    outermost one that was under way; that of the step itself where none was.
    """
    if not step.calls:
        return step.index
    return max(each.index for each in view.steps if step.calls[0] in each.calls)


def _raised(trace: Trace) -> Step | None:
    """The first exception that nobody caught, as a step of the task that raised it."""
    errors = trace.errors or trace.deaths
    if not errors:
        return None
    task = min(errors)
    text, line = errors[task]
    task = trace.raisers.get(task, task)
    near = [step for step in trace.steps if step.task == task and step.line]
    file = near[-1].file if near else next(iter(trace.sources), "")
    lines = trace.sources.get(file, ())
    source = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Step(
        len(trace.steps) + len(trace.blocked), task, "raise", "", 0, None, "read", line, "",
        source, value=text, file=file, calls=near[-1].calls if near else (),
    )  # fmt: skip


def _short_names(trace: Trace) -> dict[int, str]:
    """`thread-1` for "thread-1 transfer(a, b, 10)"; names that are not unique get a number."""
    short: dict[int, str] = {}
    for task, name in trace.tasks.items():
        found = _NUMBERED.match(name)
        short[task] = found[1] if found else name
    values = list(short.values())
    return {
        task: name if values.count(name) == 1 else f"{name}#{task}" for task, name in short.items()
    }
