"""The commands for students, as typer sees them. What they do is in the files beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.check import heading, print_check, run_check
from grader.cli.files import Interrupted, UsageError, check_writable, write
from grader.cli.hint import run_hint
from grader.cli.progress import print_progress
from grader.cli.watch import run_watch
from grader.cli.work import ALL_DONE, VARIABLE, Work
from grader.course.exercise import Exercise
from grader.explain.say import LANGUAGES
from grader.judge.results import Result, exit_status, to_json

Which = Annotated[
    str | None,
    typer.Argument(
        metavar="[NN]",
        help="Number or name; else that of this folder, or the first that does not pass yet.",
    ),
]
Lang = Annotated[str, typer.Option("--lang", envvar=VARIABLE, help=f"{' or '.join(LANGUAGES)}.")]


def add_to(app: typer.Typer) -> None:
    """Makes them commands of `app`."""
    for each in (check, hint, progress, watch):
        app.command()(each)


def _work(language: str) -> Work:
    if language not in LANGUAGES:
        raise UsageError(f"There is no language {language!r}: {' or '.join(LANGUAGES)}.")
    return Work.here(language)


def _chosen(work: Work, wanted: str | None) -> Exercise | None:
    """The exercise that is meant; None when all pass, which is then said."""
    exercise = work.chosen(wanted)
    if exercise is None:
        work.say(ALL_DONE, style="green", count=len(work.course.exercises))
    return exercise


def check(
    exercises: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NN]...",
            help="Numbers, names or paths; else the exercise of this folder, or the first that "
            "does not pass yet.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every exercise, a line for each.")
    ] = False,
    story: Annotated[
        bool, typer.Option("--story", help="Show the schedule in which it goes wrong.")
    ] = False,
    json: Annotated[Path | None, typer.Option(help="Write the result here.")] = None,
    lang: Lang = LANGUAGES[0],
) -> int:
    """Check your file of an exercise, as `pytest exercises/NN` does, and say it in a few lines.
    Exit status 0: everything passes.
    """
    work = _work(lang)
    if everything and (exercises or story):
        raise UsageError("--all is a line for every exercise: no exercise and no --story with it.")
    check_writable(json)
    chosen = work.course.exercises if everything else _all_chosen(work, exercises or [None])
    results: list[Result] = []
    try:
        for each in chosen:
            if results and not everything:
                work.show("")
            results.append(run_check(work, each))
            if everything:
                heading(work, each, results[-1])
            else:
                print_check(work, each, results[-1], story=story)
    except KeyboardInterrupt:
        if results:
            work.confess()
            raise Interrupted("interrupted; the verdicts above are remembered.") from None
        raise
    if json is not None:
        write(json, to_json(results))
    work.confess()
    return exit_status(results)


def _all_chosen(work: Work, wanted: Sequence[str | None]) -> list[Exercise]:
    """The exercises that are meant, each once."""
    chosen = [_chosen(work, each) for each in wanted]
    return list({each.name: each for each in chosen if each is not None}.values())


def hint(
    exercise: Which = None,
    level: Annotated[int | None, typer.Option(help="This one: 1 says least.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Those that were shown so far.")] = False,
    lang: Lang = LANGUAGES[0],
) -> int:
    """Show a hint: each call shows one more."""
    work = _work(lang)
    chosen = _chosen(work, exercise)
    if chosen is not None:
        run_hint(work, chosen, level, everything=everything, again=again)
    work.confess()
    return 0


def progress(lang: Lang = LANGUAGES[0]) -> int:
    """Show which exercises pass, since when, and how many hints you have seen."""
    work = _work(lang)
    print_progress(work)
    work.confess()
    return 0


def watch(exercise: Which = None, lang: Lang = LANGUAGES[0]) -> int:
    """Check an exercise whenever you save it, and go on to the next one when it passes."""
    work = _work(lang)
    chosen = _chosen(work, exercise)
    work.confess()
    if chosen is not None:
        run_watch(work, chosen)
    return 0
