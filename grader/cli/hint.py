"""`grader hint`: help in stages, one more with each call."""

from __future__ import annotations

from collections.abc import Iterable

from grader.cli.files import UsageError
from grader.cli.work import Work, command, in_words
from grader.course.exercise import Exercise


def run_hint(
    work: Work, exercise: Exercise, level: int | None = None, *, everything: bool = False,
    again: bool = False,
) -> None:  # fmt: skip
    """Shows the next hint and remembers that; or the one of this `level`, or all of them, or those
    that have been shown `again`. Raises `UsageError`.
    """
    if (level is not None) + everything + again > 1:
        raise UsageError("--level, --all and --again cannot be combined: take one of them.")
    stages = exercise.metadata.hints.ko if work.language == "ko" else exercise.metadata.hints.en
    if not stages:
        work.say("There are no hints for {exercise}.", exercise=exercise.name)
        return
    known = min(work.store.read().of(exercise).hints, len(stages))
    shown = _which(exercise, len(stages), known, level, everything=everything, again=again)
    for number in shown:
        work.say(
            "{exercise} {title}: hint {number} of {count}", style="bold",
            exercise=exercise.number, title=in_words(exercise, work.language), number=number,
            count=len(stages),
        )  # fmt: skip
        work.paragraph(stages[number - 1])
        work.show("")
    last = max(shown, default=0)
    if last > known:
        work.store.hinted(exercise, last)
    _what_next(work, exercise, max(last, known), len(stages), repeated=last <= known)


def _which(
    exercise: Exercise, count: int, known: int, level: int | None, *, everything: bool, again: bool
) -> Iterable[int]:
    """The numbers of the hints to show, from 1."""
    if level is not None:
        if not 1 <= level <= count:
            raise UsageError(f"{exercise.name} has hints 1 to {count}; there is no hint {level}.")
        return [level]
    if everything:
        return range(1, count + 1)
    if again:
        return range(1, known + 1)
    return [min(known + 1, count)]


def _what_next(work: Work, exercise: Exercise, known: int, count: int, *, repeated: bool) -> None:
    hint = command("hint", exercise)
    if known == 0:
        work.say("No hint has been shown yet: `{hint}` shows the first one.", hint=hint)
    elif known < count:
        again = command("hint", exercise, "--again")
        work.say("`{hint}` shows the next one, `{again}` those so far.", hint=hint, again=again)
    elif repeated:
        everything = command("hint", exercise, "--all")
        work.say("That is the last one; `{hint}` shows all of them.", hint=everything)
