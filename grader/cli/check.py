"""`grader check`: the visible checks of an exercise, and in a few lines what they say."""

from __future__ import annotations

from typing import Final

from rich.text import Text

from grader.cli.show import COLOUR, SIGN, coverage, safe
from grader.cli.work import Work, command, shown_path, width
from grader.course.exercise import Exercise
from grader.explain.say import told
from grader.judge.grade import check
from grader.judge.results import CheckResult, Result

MISSING: Final = "{path} cannot be read: {why}."


def run_check(work: Work, exercise: Exercise) -> Result:
    """Checks the student's file, and remembers the verdict. Raises `KeyboardInterrupt`."""
    fault, content = None, b""
    try:
        content = exercise.stub.read_bytes()
    except OSError as error:
        fault = work.tell(MISSING, path=shown_path(exercise.stub), why=error.strerror)
    result = check(exercise, content, fault=fault, language=work.language, width=width())
    work.store.checked(exercise, content, result.verdict, passed(result), len(result.checks))
    return result


def passed(result: Result) -> int:
    """How many checks do."""
    return sum(each.verdict == "pass" for each in result.checks)


def heading(work: Work, exercise: Exercise, result: Result) -> None:
    """One line: how many checks pass."""
    count = len(result.checks)
    text = work.tell("{passed} of {count} checks pass", passed=passed(result), count=count)
    if result.verdict == "pass":
        text = work.tell("all {count} checks pass", count=count)
    line = Text(f"{exercise.name}   {shown_path(exercise.stub)}   ", style="bold")
    line.append(text, style=COLOUR[result.verdict])
    work.console.print(line, soft_wrap=True)


def row(work: Work, each: CheckResult) -> None:
    """One line for a check: what became of it, and what it asks."""
    sign = work.tell(SIGN[each.verdict])
    mark = Text(f"  {sign:<5} ", style=COLOUR[each.verdict])
    told_of = f"{each.title}  ({told(coverage(each), work.language)})"
    work.console.print(mark + Text(safe(told_of)), soft_wrap=True)


def first_wrong(result: Result) -> CheckResult | None:
    """The check to begin with."""
    return next((each for each in result.checks if each.verdict != "pass"), None)


def print_check(work: Work, exercise: Exercise, result: Result, *, story: bool) -> None:
    """Every check in a line, and why the first one that fails does: with `story`, the schedule."""
    heading(work, exercise, result)
    wrong = first_wrong(result)
    for each in result.checks:
        row(work, each)
        if each is wrong:
            message = each.message if story else each.message.partition("\n")[0]
            work.show(f"        {each.kind}: {message}")
    if wrong is None:
        work.say(
            "What is checked here passes. Whoever grades it checks more, and in other numbers."
        )
        return
    work.show("")
    if wrong.verdict == "grader-error":
        return  # no hint helps against that
    if story or "\n" not in wrong.message:
        hint = command("hint", exercise)
        work.say("Do you want a hint? `{hint}` gives one.", hint=hint)
        return
    work.say(
        "`{story}` shows the schedule in which it goes wrong, `{hint}` gives a hint.",
        story=command("check", exercise, "--story"), hint=command("hint", exercise),
    )  # fmt: skip
