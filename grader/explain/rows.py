"""Which steps of a run are shown, and in which rows."""

from __future__ import annotations

from typing import Final, NamedTuple

from grader.engine.trace import Step
from grader.explain.classify import Diagnosis
from grader.explain.view import View, is_quiet

_LOCKING: Final = frozenset({"acquire", "try-acquire", "release", "wait", "wake", "notify"})
_MUCH: Final = 16  # rows; a longer story is not read
_MOST: Final = 24  # rows, of a story that cannot be told in fewer
_FEW: Final = 2  # steps that are shown rather than counted


class Chosen(NamedTuple):
    """A row: the indexes of its steps, or the number of steps that are left out (`folded`).
    `again`: the row above is of the same task at the same line, and in the same call.
    """

    steps: tuple[int, ...] = ()
    folded: int = 0
    again: bool = False


def lanes_of(view: View, diagnosis: Diagnosis) -> list[int]:
    """The tasks that matter, in the order in which they were started."""
    return sorted({view.at(index).task for index in diagnosis.focus})


def rows_of(view: View, diagnosis: Diagnosis) -> list[Chosen]:
    """The rows of the story, from the first step to the last. A long story loses what is there
    only for company: short gaps that were filled, then locks that others took meanwhile.
    """
    rows = _rows(view, diagnosis, _FEW, _MOST)
    if _count(rows) > _MUCH:
        rows = _rows(view, diagnosis, 0, _MUCH)
    return rows


def _count(rows: list[Chosen]) -> int:
    return sum(1 for row in rows if row.steps)


def _rows(view: View, diagnosis: Diagnosis, few: int, most: int) -> list[Chosen]:
    told = _Told(view, diagnosis, few)
    shown = _shown(view, diagnosis, told.tasks, most)
    raised = view.raised if view.raised is not None and view.raised.index in shown else None
    for index in shown:
        if index < len(view.steps):
            if raised is not None and index > view.raised_after:
                told.tell(raised)
                raised = None
            told.tell(view.steps[index])
    if raised is not None:
        told.tell(raised)
    told.close([step for step in view.trace.blocked if step.index in shown])
    return told.rows


class _Told:
    """The rows so far."""

    def __init__(self, view: View, diagnosis: Diagnosis, few: int) -> None:
        self.tasks = set(lanes_of(view, diagnosis))
        self.rows: list[Chosen] = []
        self._view = view
        self._few = few
        self._above: Step | None = None
        self._past = -1

    def tell(self, step: Step) -> None:
        """One more row, after what comes before it."""
        if step.index < len(self._view.steps):
            self._between(step.index)
            self._past = step.index
        self._add(step)

    def close(self, blocked: list[Step]) -> None:
        """What comes after the last row, and the tasks that never went on."""
        self._between(len(self._view.steps))
        above = self._above
        if above is not None and any(_goes_on(above, step) for step in blocked):
            self.rows.pop()  # `waits on c`: it does so for ever
        self._above = None
        if blocked:
            self.rows.append(Chosen(tuple(step.index for step in blocked)))

    def _between(self, until: int) -> None:
        steps = self._view.steps[self._past + 1 : until]
        loud = [step for step in steps if not is_quiet(self._view, step)]
        inside = self._past >= 0 and until < len(self._view.steps)
        if inside and len(loud) <= self._few and all(step.task in self.tasks for step in loud):
            for step in loud:
                self._add(step)
        elif loud:
            self.rows.append(Chosen(folded=len(steps)))
            self._above = None

    def _add(self, step: Step) -> None:
        again = self._above is not None and _same_place(self._above, step)
        self.rows.append(Chosen((step.index,), again=again))
        self._above = step


def _goes_on(one: Step, other: Step) -> bool:
    """Whether the last row is the beginning of a wait that never ends."""
    return one.kind == "wait" and other.kind == "wake" and one.task == other.task


def _shown(view: View, diagnosis: Diagnosis, tasks: set[int], most: int) -> list[int]:
    """The indexes of the steps that matter, of the locks that were taken meanwhile, and of those
    that were held.
    """
    focus = sorted(set(diagnosis.focus))
    if not focus:
        return []
    last = min(focus[-1], len(view.steps) - 1)
    around = [
        step.index for step in view.steps[focus[0] : last + 1]
        if step.task in tasks and step.kind in _LOCKING and step.line
    ]  # fmt: skip
    before = [
        taken for index in focus if index < len(view.steps)
        for taken in view.taken[index].values() if taken >= view.begin
    ]  # fmt: skip
    if diagnosis.kind in ("livelock", "starvation"):
        around = []  # there would be no end of them
    extra = [index for index in sorted({*around, *before}) if index not in focus]
    if len(focus) + len(extra) > most:
        extra = before[: max(most - len(focus), 0)]
    return sorted({*focus, *extra})


def _same_place(one: Step, other: Step) -> bool:
    return (one.task, one.file, one.line, one.calls) == (
        other.task, other.file, other.line, other.calls,
    )  # fmt: skip
