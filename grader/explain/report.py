"""The whole story of one failing schedule, as text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgspec import UNSET

from grader.engine.run import Run
from grader.engine.schedule import Schedule
from grader.engine.trace import Trace
from grader.explain.classify import Diagnosis, diagnose
from grader.explain.depict import Heading, depict
from grader.explain.graph import waiting_lines
from grader.explain.lanes import Lanes
from grader.explain.picture import Picture
from grader.explain.plain import cut, width_of, wrap
from grader.explain.say import say, told
from grader.explain.view import View

_MARGIN = "   "
_ASTRAY = say(
    "While its steps are written down, objects live longer, and this program does something else "
    "than it did before: does it use weak references? What is shown may be right."
)
_NO_ORDER = say("No order of the calls explains what they returned:")
_TRIED = say("The orders that were tried; in brackets, the thread:")
_STUCK = ("deadlock", "lost-wakeup", "leaked-task")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A kind of the closed list, the story as text, and what it was told from."""

    kind: str
    text: str
    diagnosis: Diagnosis
    view: View
    heading: Heading

    def picture(self) -> Picture:
        """The run as plain data, with all its steps. Worked out anew with each call."""
        return depict(self.view, self.diagnosis, self.heading, whole=True)

    def line_in(self, file: str) -> int | None:
        """The line of this file at which it goes wrong; None where no step of it does."""
        if self.diagnosis.wrong_at is None:
            return None
        step = self.view.at(self.diagnosis.wrong_at)
        return step.line if step.line and step.file == file else None

    def _repr_html_(self) -> str:
        """The page, in a notebook."""
        from grader.explain.page import framed

        return framed(self.picture())


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
    astray: bool = False,
) -> Explanation:
    """Tells what happened in a replayed run that failed.

    `position` says which schedule it was: 3, or (3, 7) for "3 of 7". `hint` is the kind that the
    author of the check expects. `expected` and `got` are shown as they are when they are text,
    else as JSON. `width` is in columns of a terminal; no line is wider. `right` is whether another
    schedule is known that gives what it should. `astray`: written down step by step, the program
    has done something else than it does otherwise, so that no step of it is to blame.
    """
    view = View(run, trace)
    diagnosis = diagnose(view, hint, language=language, right=right)
    if astray:
        diagnosis = replace(diagnosis, wrong_at=None, note="", facts=[_ASTRAY])
    heading = Heading(label, schedule, position, title, expected, got, language)
    picture = depict(view, diagnosis, heading, whole=False)
    return Explanation(
        diagnosis.kind, tell(picture, width, colour=colour), diagnosis, view, heading
    )


def tell(picture: Picture, width: int = 80, *, colour: bool = False) -> str:
    """The story as text, each line of at most `width` columns (and never fewer than 40)."""
    return "\n".join(line for part in parts(picture, width, colour=colour) for line in part) + "\n"


def parts(picture: Picture, width: int = 80, *, colour: bool = False) -> list[list[str]]:
    """The lines of the same text in parts: what comes before the steps, each row of them, and what
    comes after them.
    """
    width = max(width, 40)
    inner = width - len(_MARGIN)
    shouted = picture.kind_shouted
    titled = f"{picture.title}: {shouted}" if picture.title else shouted
    named = "   ".join(filter(None, [picture.label, titled]))
    before = [*_header(named, _where(picture), width), ""]
    drawn = Lanes(picture, width, colour).draw()
    if drawn:
        before += drawn[0]
    lines = [""] if drawn else []
    if picture.ending in _STUCK:
        graph = waiting_lines(picture, inner)
        lines += [_MARGIN + each for line in graph for each in wrap(line, inner)]
        lines += [""] if graph else []
    if picture.outcome:
        lines += [_MARGIN + cut(picture.outcome, inner), ""]
    if picture.orders is not UNSET:
        for heading, sentences in (
            (_NO_ORDER, picture.orders.calls),
            (_TRIED, picture.orders.tried),
        ):
            lines += [_MARGIN + each for each in wrap(told(heading, picture.language), inner)]
            for text in sentences:
                lines += [_MARGIN * 2 + each for each in wrap(text, inner - len(_MARGIN))]
        lines += [""]
    for name, text in (
        (say("Here: "), " ".join(picture.facts)),
        (say("Why:  "), picture.why),
        (say("Also: "), " ".join(picture.also)),
        (say("Read: "), picture.read),
    ):
        heading = told(name, picture.language)
        if text:
            first, *more = wrap(text, inner - width_of(heading))
            lines.append(_MARGIN + heading + first)
            lines += [_MARGIN + " " * width_of(heading) + each for each in more]
    return [before, *drawn[1:], lines]


def _where(picture: Picture) -> str:
    """`schedule 3 of 7   replay: 05:ab`."""
    language = picture.language
    replay = told(say("replay: {schedule}", schedule=picture.schedule), language)
    if picture.position is None:
        return replay
    at, count = picture.position
    where = say("schedule {at}", at=f"{at:,}")
    if count >= 0:
        where = say("schedule {at} of {count}", at=f"{at:,}", count=f"{count:,}")
    return f"{told(where, language)}   {replay}"


def _header(left: str, right: str, width: int) -> list[str]:
    """Both on one line where they fit."""
    gap = width - width_of(left) - width_of(right)
    if gap >= 3:
        return [left + " " * gap + right]
    return [*wrap(left, width), *(_MARGIN + each for each in wrap(right, width - len(_MARGIN)))]
