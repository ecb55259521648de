"""The whole story of one failing schedule, as text."""

from __future__ import annotations

import json
from dataclasses import dataclass

from grader.engine.endings import Ending
from grader.engine.run import Run
from grader.engine.schedule import Schedule
from grader.engine.trace import Trace
from grader.explain.advice import races_of
from grader.explain.classify import Diagnosis, diagnose
from grader.explain.graph import waiting_lines
from grader.explain.lanes import Lanes
from grader.explain.plain import clean, cut, width_of, wrap
from grader.explain.view import View

_MARGIN = "   "
_OF_RACES = frozenset(
    {"lost-update", "check-then-act", "torn-read", "order-violation", "per-process-lock"}
)
_STUCK = (Ending.DEADLOCK, Ending.LOST_WAKEUP, Ending.LEAKED)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A kind of the closed list, the story as text, and what it was told from."""

    kind: str
    text: str
    diagnosis: Diagnosis


def explain(
    run: Run,
    trace: Trace,
    *,
    label: str,
    schedule: Schedule | str,
    position: int | tuple[int, int] | None = None,
    hint: str | None = None,
    width: int = 80,
    title: str = "",
    expected: object = None,
    got: object = None,
    colour: bool = False,
    language: str = "en",
    right: bool | None = None,
) -> Explanation:
    """Tells what happened in a replayed run that failed.

    `position` says which schedule it was: 3, or (3, 7) for "3 of 7". `hint` is the kind that the
    author of the check expects. `expected` and `got` are shown as they are when they are text,
    else as JSON. `width` is in columns of a terminal; no line is wider. `right` is whether another
    schedule is known that gives what it should.
    """
    view = View(run, trace)
    diagnosis = diagnose(view, hint, language=language, right=right)
    inner = max(width, 40) - len(_MARGIN)
    name = clean(title).rstrip(".")
    told = "   ".join(filter(None, [clean(label), _titled(name, diagnosis.kind)]))
    lines = _header(told, _where(str(schedule), position), max(width, 40))
    lines.append("")
    picture = Lanes(view, diagnosis, width, colour).draw()
    if picture:
        lines += [*picture, ""]
    if run.ending in _STUCK:
        graph = waiting_lines(view, inner)
        lines += [_MARGIN + each for line in graph for each in wrap(line, inner)]
        lines += [""] if graph else []
    outcome = _outcome(run, trace, expected, got)
    if outcome:
        lines += [_MARGIN + cut(outcome, inner), ""]
    for heading, text in (
        ("Here: ", " ".join(diagnosis.facts)),
        ("Why:  ", diagnosis.why),
        ("Also: ", "" if diagnosis.kind in _OF_RACES else " ".join(races_of([trace]))),
        ("Read: ", diagnosis.read_more),
    ):
        if text:
            first, *more = wrap(text, inner - len(heading))
            lines.append(_MARGIN + heading + first)
            lines += [_MARGIN + " " * len(heading) + each for each in more]
    return Explanation(diagnosis.kind, "\n".join(lines) + "\n", diagnosis)


def _titled(name: str, kind: str) -> str:
    shouted = kind.replace("-", " ").upper()
    return f"{name}: {shouted}" if name else shouted


def _where(schedule: str, position: int | tuple[int, int] | None) -> str:
    """`schedule 3 of 7   replay: 05:ab`."""
    replay = f"replay: {clean(schedule)}"
    if position is None:
        return replay
    if isinstance(position, tuple):
        return f"schedule {position[0]:,} of {position[1]:,}   {replay}"
    return f"schedule {position:,}   {replay}"


def _header(left: str, right: str, width: int) -> list[str]:
    """Both on one line where they fit."""
    gap = width - width_of(left) - width_of(right)
    if gap >= 3:
        return [left + " " * gap + right]
    return [*wrap(left, width), *(_MARGIN + each for each in wrap(right, width - len(_MARGIN)))]


def _outcome(run: Run, trace: Trace, expected: object, got: object) -> str:
    wanted = "" if expected is None else f"expected {_shown(expected)}, "
    if run.ending is Ending.EXCEPTION and trace.errors and got is None:
        return f"{wanted}got {clean(trace.errors[min(trace.errors)][0])}" if wanted else ""
    if run.ending not in (Ending.FINISHED, Ending.EXCEPTION):
        return f"{wanted}but it never comes to an end" if wanted else ""
    if got is None and run.value is not None:
        got = run.value
    if got is None and not wanted:
        return ""
    return f"{wanted}got {_shown(got)}"


def _shown(value: object) -> str:
    return clean(value if isinstance(value, str) else json.dumps(value, default=str))
