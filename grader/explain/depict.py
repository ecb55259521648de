"""From a failing run to its picture."""

from __future__ import annotations

import bisect
import json
from dataclasses import dataclass
from typing import Final

from grader.engine.endings import Ending, find_cycle
from grader.engine.schedule import Schedule
from grader.engine.trace import Step as Traced
from grader.explain.advice import races_of
from grader.explain.classify import Diagnosis
from grader.explain.picture import (
    LONG,
    MOST_FILES,
    MOST_LINES,
    MOST_STEPS,
    File,
    Picture,
    Row,
    Step,
    Task,
    short,
)
from grader.explain.plain import clean
from grader.explain.rows import Chosen, lanes_of, rows_of
from grader.explain.say import say, told
from grader.explain.states import Locks, last_waits, passing_waits, places_of
from grader.explain.view import View
from grader.explain.words import did, waits

_OF_RACES: Final = frozenset(
    {"lost-update", "check-then-act", "torn-read", "order-violation", "per-process-lock"}
)
_AT_THE_END: Final = frozenset({"end", "exit", "flush"})
_IN_CHECK: Final = say("(in the check)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said about a run from outside. See `grader.explain.report.explain`."""

    label: str
    schedule: Schedule | str
    position: int | tuple[int, int] | None = None
    title: str = ""
    expected: object = None
    got: object = None
    language: str = "en"


def depict(view: View, diagnosis: Diagnosis, heading: Heading, *, whole: bool) -> Picture:
    """The picture of a run: with all its steps, the values and locks between them and the source
    (`whole`), or only with what the story shows.
    """
    rows = rows_of(view, diagnosis)
    language = heading.language
    painter = _Painter(view, diagnosis, rows, language, whole=whole)
    sources = [File(short(name)) for name in list(view.trace.sources)[:MOST_FILES]]
    picture = Picture(
        label=short(heading.label),
        title=short(heading.title).rstrip("."),
        kind=diagnosis.kind,
        schedule=clean(str(heading.schedule)),
        position=_position(heading.position),
        language=language,
        story=diagnosis.title,
        why=diagnosis.why,
        read=diagnosis.read_more,
        outcome=short(told(_outcome(view, heading), language)),
        facts=[
            short(told(fact, language), LONG) for fact in [*diagnosis.facts[:20], *_luck(view)]
        ],
        also=[] if diagnosis.kind in _OF_RACES else _advice(view, language),
        ending=view.run.ending.value,
        tasks=_tasks(view, diagnosis),
        steps=painter.steps(),
        stuck=painter.stuck(),
        rows=[painter.row(row) for row in rows],
        waits=[], cycle=find_cycle(view.run.waiting) or [], places=[], locks=[],
        sources=sources, whole=whole,
    )  # fmt: skip
    if not whole and not view.run.waiting:
        return picture
    locks = Locks(view)
    picture.waits = last_waits(view, painter.moment, locks, language)
    if not whole:
        for wait in picture.waits:
            wait.lock = -1
        return picture
    passing = passing_waits(view, painter.moment, locks, language)[:MOST_STEPS]
    picture.waits = [*passing, *picture.waits]
    picture.locks = locks.told(painter.moment)
    picture.places, more = places_of(view, painter.moment, language)
    picture.more_things = more + locks.more
    for file, lines in zip(sources, view.trace.sources.values(), strict=False):
        file.lines = [short(line.expandtabs(4).rstrip()) for line in lines[:MOST_LINES]]
    return picture


class _Painter:
    """The steps of a picture, and the number of each."""

    def __init__(
        self, view: View, diagnosis: Diagnosis, rows: list[Chosen], language: str, *, whole: bool
    ) -> None:
        self._view = view
        self._language = language
        self._diagnosis = diagnosis
        self._whole = whole
        self._files = {name: at for at, name in enumerate(view.trace.sources)}
        told = {index for row in rows for index in row.steps}
        self._kept = self._keep(told, whole=whole)
        self._order = [index for index in self._kept if index < len(view.steps)]
        self._numbers = {index: number for number, index in enumerate(self._in_order(told))}
        blocked = [step.index for step in view.trace.blocked if whole or step.index in told]
        self._stuck = blocked
        count = len(self._numbers)
        self._numbers |= {index: count + number for number, index in enumerate(self._stuck)}
        self._count = count

    def _keep(self, told: set[int], *, whole: bool) -> list[int]:
        """The indexes of the steps that the picture has."""
        count = len(self._view.steps)
        if not whole:
            return sorted(index for index in told if index < count)
        if count <= MOST_STEPS:
            return list(range(count))
        half = MOST_STEPS // 2
        both = {*range(half), *range(count - half, count)}
        return sorted(both | {index for index in told if index < count})

    def _in_order(self, told: set[int]) -> list[int]:
        """The same, with the exception that nobody caught after the last step before it."""
        raised = self._view.raised
        if raised is None or raised.index not in told:
            return self._order
        at = bisect.bisect_right(self._order, self._view.raised_after)
        return [*self._order[:at], raised.index, *self._order[at:]]

    def moment(self, index: int) -> int:
        """The number of a step, or that of the next one that is in the picture."""
        number = self._numbers.get(index)
        if number is not None:
            return min(number, self._count)
        at = bisect.bisect_left(self._order, index)
        return self._numbers[self._order[at]] if at < len(self._order) else self._count

    def steps(self) -> list[Step]:
        """Those that were executed."""
        told = []
        before = -1
        for index in list(self._numbers)[: self._count]:
            step = self._step(self._view.at(index))
            if index < len(self._view.steps):
                step.skipped = index - before - 1 if self._whole else 0
                before = index
            told.append(step)
        return told

    def stuck(self) -> list[Step]:
        """Those that never came to run."""
        return [self._step(self._view.at(index)) for index in self._stuck]

    def row(self, row: Chosen) -> Row:
        """A row of the story."""
        return Row([self._numbers[index] for index in row.steps], row.folded, row.again)

    def _step(self, step: Traced) -> Step:
        mark, note = "", ""
        if step.index in self._diagnosis.focus:
            mark = ">"
        if step.index == self._diagnosis.wrong_at:
            mark, note = "✗", told(self._diagnosis.note, self._language)
        text = step.text
        if not step.line and step.kind not in _AT_THE_END:
            text = told(_IN_CHECK, self._language)
        stuck = self._view.blocked.get(step.task) is step
        what = told(waits(step) if stuck else did(step), self._language)
        return Step(
            step.index, step.task, short(step.kind), short(what),
            step.line, self._files.get(step.file, -1) if step.line else -1, short(text),
            short(step.place), step.access, short(step.value or ""), mark, short(note),
        )  # fmt: skip


def _tasks(view: View, diagnosis: Diagnosis) -> list[Task]:
    lanes = lanes_of(view, diagnosis)
    return [
        Task(
            task, short(view.name(task)), short(view.trace.tasks.get(task) or view.name(task)),
            view.trace.processes.get(task, 0), task in lanes, task in view.ended,
        )
        for task in sorted({*view.trace.tasks, *lanes})
    ]  # fmt: skip


def _luck(view: View) -> list[str]:
    """That numbers are extreme, where some were drawn: a reader would wonder at what happens."""
    if not (view.run.drew and view.run.luck):
        return []
    if view.run.luck == 1:
        return [
            say("In this schedule the first random numbers of each task are as low as they can be.")
        ]
    return [
        say("In this schedule the first random numbers of each task are as high as they can be.")
    ]


def _advice(view: View, language: str) -> list[str]:
    return [short(told(sentence, language), LONG) for sentence in races_of([view.trace])]


def _position(position: int | tuple[int, int] | None) -> tuple[int, int] | None:
    return (position, -1) if isinstance(position, int) else position


def _outcome(view: View, heading: Heading) -> str:
    """`expected 2, got 1`."""
    run, errors, got = view.run, view.trace.errors, heading.got
    wanted = None if heading.expected is None else _shown(heading.expected)
    if run.ending not in (Ending.FINISHED, Ending.EXCEPTION):
        if wanted is None:
            return ""
        return say("expected {wanted}, but it never comes to an end", wanted=wanted)
    if run.ending is Ending.EXCEPTION and errors and got is None:
        if wanted is None:
            return ""
        return say("expected {wanted}, got {got}", wanted=wanted, got=clean(errors[min(errors)][0]))
    if got is None and run.value is not None:
        got = run.value
    if wanted is None:
        return "" if got is None else say("got {got}", got=_shown(got))
    return say("expected {wanted}, got {got}", wanted=wanted, got=_shown(got))


def _shown(value: object) -> str:
    return clean(value if isinstance(value, str) else json.dumps(value, default=str))
