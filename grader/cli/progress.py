"""`grader progress`: a table of what is remembered."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from grader.cli.show import COLOUR
from grader.cli.work import ALL_DONE, Work, in_words
from grader.course.exercise import Exercise
from grader.course.progress import Kept, Progress, digest_of


def print_progress(work: Work) -> None:
    """A row for each exercise, and how many pass."""
    progress = work.store.read()
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for column in ("exercise", "checks", "since", "hints"):
        table.add_column(work.tell(column))
    for exercise in work.course.exercises:
        table.add_row(*_row(work, exercise, progress))
    work.console.print(table)
    print_count(work, progress)


def print_count(work: Work, progress: Progress) -> None:
    """One line: how many exercises pass."""
    exercises = work.course.exercises
    passing = sum(progress.passes(each) for each in exercises)
    if passing == len(exercises):
        work.say(ALL_DONE, style="green", count=passing)
    else:
        work.say("{passing} of {count} exercises pass.", passing=passing, count=len(exercises))


def _row(work: Work, exercise: Exercise, progress: Progress) -> list[Text]:
    kept = progress.of(exercise)
    since = "" if kept.since is None else f"{kept.since.astimezone():%Y-%m-%d %H:%M}"
    of = {"shown": kept.hints, "count": len(exercise.metadata.hints.en)}
    hints = work.tell("{shown} of {count}", **of) if kept.hints else "–"
    name = f"{exercise.number} {in_words(exercise, work.language)}"
    return [Text(name), _state(work, exercise, kept), Text(since), Text(hints)]


def _state(work: Work, exercise: Exercise, kept: Kept) -> Text:
    """What the checks said, and whether it is still about the file as it is."""
    if kept.verdict is None:
        return Text(work.tell("not checked yet"), style="dim")
    templates = {
        "pass": "pass",
        "fail": "{passed} of {count} pass",
        "cannot-grade": "cannot be graded",
    }
    template = templates.get(kept.verdict, kept.verdict)
    text = Text(work.tell(template, passed=kept.passed, count=kept.checks))
    text.stylize(COLOUR.get(kept.verdict, ""))
    if kept.content != digest_of(exercise):
        text.append(" " + work.tell("(changed since then)"), style="dim")
    return text
