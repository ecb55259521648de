"""What is written down of one execution, only when somebody wants to see it: steps with source
lines, values and names for people. Passing runs record nothing.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from grader.engine.endings import awaited
from grader.engine.happens_before import HappensBefore
from grader.engine.naming import Names
from grader.engine.operation import ACQUIRE, FREES, NEEDS_FREE, WRITE, Operation
from grader.engine.owned import core_of, has_place
from grader.engine.part import Part
from grader.engine.process import Process
from grader.engine.task import Task

_RESUMES = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_CAP = 60  # characters of a value shown
_PLAIN = (int, float, bool, str, bytes, type(None), complex)
_ACCESSES = ("read", "write", "delete")  # and not the methods of a container, which are atomic
_ITEM = 2  # the parts of a key that stands for an item: ("item", key)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the student's code. Line 0: not in the student's code."""

    filename: str
    line: int
    function: str
    calls: tuple[int, ...] = ()  # the calls of the student's functions under way, outer ones first
    resumes: bool = False  # one of these is a generator or coroutine, that can go on later


NOWHERE = Position("", 0, "")


@dataclass(slots=True)
class Step:
    """One executed operation. `access` says how the subject was touched."""

    index: int
    task: int
    kind: str
    subject: str  # its name for a person
    subject_id: int  # one number per object of this execution
    key: str | None  # an attribute, "[...]" for an item, None for the whole
    access: str  # "read", "write", "acquire", "release"
    line: int
    function: str
    text: str  # the source line, stripped
    expired: bool = False
    value: str | None = None  # read or written, shortened
    origin: str = ""  # where the subject was made: "bank.py:12"
    process: int = 0
    data: bool = False  # a variable, an attribute, a container; not a lock or another stand-in
    frees: int = 0  # the number of a lock that a wait gives back in the same step
    file: str = ""
    calls: tuple[int, ...] = ()  # as in Position
    resumes: bool = False  # likewise

    @property
    def place(self) -> str:
        """What was touched, as a person writes it: `alice.balance`, `stock['tea']`, `count`."""
        if self.key is None:
            return self.subject
        if not self.subject:
            return self.key
        return f"{self.subject}{'' if self.key.startswith('[') else '.'}{self.key}"


_ROUND: Final = 40  # steps of a recursion that makes none in the function that comes again


@dataclass(slots=True)
class Trace:
    """All recorded steps of one execution, with the names of its tasks."""

    steps: list[Step] = field(default_factory=list)
    blocked: list[Step] = field(default_factory=list)  # never came to it: one for each such task
    tasks: dict[int, str] = field(default_factory=dict)
    processes: dict[int, int] = field(default_factory=dict)  # task -> process
    errors: dict[int, tuple[str, int]] = field(default_factory=dict)  # task -> (text, line)
    deaths: dict[int, tuple[str, int]] = field(default_factory=dict)  # likewise, of processes
    races: list[tuple[int, int]] = field(default_factory=list)  # steps that nothing orders
    raisers: dict[int, int] = field(default_factory=dict)  # task with an error -> who raised it
    sources: Mapping[str, Sequence[str]] = field(default_factory=dict)  # file -> its lines

    def keep_first_round(self, task: int) -> None:
        """Leaves out all that comes after a task has called itself for the first time, from a
        place that it is still at when it ends: how often it does so is not the program's matter.
        """
        mine = [step for step in self.steps if step.task == task]
        last = mine[-1].calls if mine else ()
        seen: dict[tuple[str, int, str], Step] = {}
        for step in mine:
            if step.calls and step.calls == last[: len(step.calls)]:
                before = seen.setdefault((step.file, step.line, step.kind), step)
                if len(before.calls) < len(step.calls):
                    return self._keep(step.index + 1, task)
        return self._keep(mine[min(_ROUND, len(mine)) - 1].index + 1 if mine else 0, task)

    def _keep(self, count: int, task: int) -> None:
        del self.steps[count:]
        self.races = [pair for pair in self.races if max(pair) < count]
        others = [step for step in self.blocked if step.task != task]
        self.blocked = [
            dataclasses.replace(step, index=index) for index, step in enumerate(others, count)
        ]


class Recorder:
    """Writes a `Trace` while an execution runs. `sources` maps a file name, as in code objects,
    to its lines.
    """

    def __init__(self, sources: Mapping[str, Sequence[str]]) -> None:
        self.sources = sources
        self._trace = Trace(sources=sources)
        self._subjects: list[object] = []  # of the steps; then of the blocked ones
        self._names = Names()
        self._calls = 0
        self._order = HappensBefore()
        self._trace.races = self._order.races

    @property
    def trace(self) -> Trace:
        """What was recorded, each object with the name that it has at the end."""
        trace = self._trace
        for step, subject in zip([*trace.steps, *trace.blocked], self._subjects, strict=True):
            mine = self._names.as_self(subject, step.key, step.text)
            step.subject = self.name(subject) if mine is None else mine
        return trace

    def locate(self) -> Position:
        """Where in the student's code the running task is: the innermost frame of it."""
        frame: Any = sys._getframe(1)
        inner: Any = None
        calls: list[int] = []
        resumes = False
        while frame is not None:
            if frame.f_code.co_filename in self.sources:
                inner = inner or frame
                calls.append(self._call(frame))
                resumes = resumes or bool(frame.f_code.co_flags & _RESUMES)
            frame = frame.f_back
        if inner is None:
            return NOWHERE
        code = inner.f_code
        return Position(
            code.co_filename, inner.f_lineno or 0, code.co_name, tuple(reversed(calls)), resumes
        )

    def _call(self, frame: Any) -> int:
        """The number of the call that the frame belongs to. It is kept in the frame itself (as
        a trace function that nobody calls): a reference to the frame would keep the student's
        objects alive for longer than they live in other runs.
        """
        mark = frame.f_trace
        if type(mark) is _Call:
            return mark.number
        self._calls += 1
        if mark is None:
            frame.f_trace = _Call(self._calls)
        return self._calls

    def record(self, op: Operation, *, expired: bool) -> None:
        """Writes down that `op` has been chosen and is about to act."""
        step = self._step(op, len(self._trace.steps))
        step.expired = expired
        plain = step.kind in _ACCESSES or step.kind.endswith("=")
        self._order.record(op, step.index, data=step.data and plain)
        self._trace.steps.append(step)
        self._subjects.append(op[2])

    def stuck(self, ops: Sequence[Operation]) -> None:
        """Writes down, at the end of the run, the operations that never came to run."""
        for announced in ops:
            subject, _ = awaited(announced)
            op = announced
            if subject is not announced[2]:  # an access that takes a lock waits for the lock
                op = (announced[0], "acquire", subject, None, ACQUIRE, ())
            self._trace.blocked.append(
                self._step(op, len(self._trace.steps) + len(self._trace.blocked), late=True)
            )
            self._subjects.append(op[2])

    def _step(self, op: Operation, index: int, *, late: bool = False) -> Step:
        task, kind, subject, key, mode, also = op
        where: Position = task.where or NOWHERE
        lines = self.sources.get(where.filename, ())
        text = lines[where.line - 1].strip() if 0 < where.line <= len(lines) else ""
        access = "write" if mode & WRITE else "read"
        if mode & WRITE and bool(mode & NEEDS_FREE) is not bool(mode & FREES):
            access = "acquire" if mode & NEEDS_FREE else "release"
        data = _is_data(kind, subject) and not isinstance(key, Part)
        self._trace.tasks.setdefault(task.id, task.name)
        self._trace.processes.setdefault(task.id, task.process.id)
        if not late:
            self._find_name(subject)
        frees = [other for other, _, also_mode in also if also_mode & FREES]
        process: Process = task.process
        return Step(
            index, task.id, kind, "", self._names.number(subject, process),
            _key_text(key) if data else None, access, where.line, where.function, text,
            origin=self._names.origin(subject), process=process.id, data=data,
            frees=self._names.number(frees[0]) if frees and kind == "wait" else 0,
            file=where.filename, calls=where.calls, resumes=where.resumes,
        )  # fmt: skip

    def _find_name(self, subject: object) -> None:
        """Calls a container or stand-in by the local variable that holds it, if nothing better
        is known. Called while the task that uses it is running.
        """
        subject = self._names.whole(subject)
        if subject is None or isinstance(subject, (Task, type)) or self._names.is_linked(subject):
            return
        if not has_place(subject):
            return
        frame: Any = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename in self.sources and frame.f_code.co_name != "<module>":
                for name, value in frame.f_locals.items():
                    if (
                        (value is subject or core_of(value) is subject)
                        and name.isidentifier()
                        and name != "self"
                    ):
                        self._names.link(None, name, subject)
                        return
            frame = frame.f_back

    def note(self, value: object) -> None:
        """The value that the operation just recorded has read or written."""
        if self._trace.steps:
            self._trace.steps[-1].value = self.show(value)

    def say(self, text: str) -> None:
        """Words for the operation just recorded, as they are."""
        if self._trace.steps:
            self._trace.steps[-1].value = text

    def raiser(self, error: BaseException, task: int) -> int:
        """The task in which an exception of `task` was first raised: one of a thread may have
        been caught there and raised again by who waited for it.
        """
        at: Any = error.__traceback__
        while at is not None:
            mark = at.tb_frame.f_trace
            if type(mark) is _Call:
                for step in reversed(self._trace.steps):
                    if mark.number in step.calls:
                        task = step.task
                        break
            at = at.tb_next
        return task

    def created(self, thing: object) -> None:
        """A stand-in was made, here in the student's code."""
        where = self.locate()
        if where.line:
            text = self.sources[where.filename][where.line - 1].strip()
            self._names.made(thing, f"{where.filename}:{where.line}", text)

    def named(self, owner: object, name: str, value: object) -> None:
        """`value` is reachable as `owner.name`, as `owner[...]` when `name` begins with a
        bracket, or as the variable `name` when owner is None.
        """
        self._names.link(owner, name, value)

    def name(self, thing: object) -> str:
        """A name for a person: given, its own `name`, or its class with a number."""
        return self._names.name(thing)

    def show(self, value: object) -> str:
        """A short text for a value, without calling the student's code."""
        if type(value) in _PLAIN:
            return show(value)
        if type(value) in (list, tuple, set, frozenset, dict):
            return show(value) if _all_plain(value) else f"<{type(value).__name__}>"
        if isinstance(value, tuple) and tuple in type(value).__bases__:  # a named tuple
            items = tuple(tuple.__iter__(value))
            if _all_plain(items) and len(items) > 1:
                return f"{type(value).__name__}{show(items)}"
        cls = value.__name__ if isinstance(value, type) else type(value).__name__
        return f"<{cls.lstrip('_')}>"


class _Call:
    """The number of a call, kept in its frame. Callable, for a debugger that finds it there."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def __call__(self, *_: object) -> None:
        return None


def _key(key: object) -> str | None:
    if key is None or isinstance(key, (str, Part)):
        return key if isinstance(key, str) else None
    return show(key)


def show(value: object) -> str:
    """`repr`, shortened; only for values of plain types."""
    if type(value) is int and value.bit_length() > 400:
        return "<a very large int>"
    if type(value) in (set, frozenset) and len(value) > 1:  # type: ignore[arg-type]  # type() says
        inner = ", ".join(sorted(map(repr, value)))  # type: ignore[call-overload]  # likewise
        text = f"{{{inner}}}" if type(value) is set else f"frozenset({{{inner}}})"
    else:
        text = repr(value)
    return text if len(text) <= _CAP else text[: _CAP - 1] + "…"


def _is_data(kind: str, subject: object) -> bool:
    if subject is None or isinstance(subject, Task):
        return False
    return not hasattr(type(subject), "_controlled_") or kind in ("read", "write", "delete")


def _key_text(key: object) -> str | None:
    if key is None or isinstance(key, str):
        return key
    if type(key) is tuple and len(key) == _ITEM and key[0] == "item":
        return f"[{show(key[1])}]"
    return None


def _all_plain(value: Any) -> bool:
    if len(value) > 20:
        return False
    items = [*value.keys(), *value.values()] if type(value) is dict else list(value)
    return all(type(item) in _PLAIN for item in items)
