"""How results look in a terminal and in Markdown."""

from __future__ import annotations

import re
from typing import Final

from rich.console import Console
from rich.text import Text

from grader.explain.say import say
from grader.judge.results import CheckResult, Result

_NO_SANDBOX = (
    "Graded without a sandbox: this code could have read and changed all that you can on this "
    "machine."
)
SIGN: Final = {
    "pass": "pass",
    "fail": "FAIL",
    "cannot-grade": "cannot grade",
    "grader-error": "ERROR",
}
COLOUR: Final = {
    "pass": "green",
    "fail": "red",
    "cannot-grade": "yellow",
    "grader-error": "magenta",
}
_UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
# What a CI runner takes for an order to itself: the one where a line begins, the other anywhere.
_ORDER = re.compile(r"^(\s*):(?=:)|#(?=#\[)", re.MULTILINE)


def safe(text: str) -> str:
    """Text that a submission may have shaped, without control and bidirectional characters, and
    without orders to a CI runner that shows it.
    """
    return _ORDER.sub(r"\g<0> ", _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text))


def reason(result: Result) -> str:
    """One line: the first thing that is wrong, and its kind."""
    for check in result.checks:
        if check.verdict != "pass":
            return f"{check.kind}: {_first_line(check)}"
    return ""


def _first_line(check: CheckResult) -> str:
    return safe(check.message.partition("\n")[0])


def print_row(console: Console, names: list[str], index: int, result: Result) -> None:
    """The row of one of several submissions, and below it the reason."""
    width = max(map(len, names))
    verdict = Text(f"{SIGN[result.verdict]:<13}", style=COLOUR[result.verdict])
    score = f"{result.score:g}/{result.max_score:g}"
    console.print(
        Text(f"{safe(names[index]):<{width}}  {result.exercise:<20}  ") + verdict + Text(score),
        soft_wrap=True,
    )
    if result.verdict != "pass":
        # Not wrapped: a line that is broken could begin with an order to a CI runner.
        console.print(Text(f"    {reason(result)}"), soft_wrap=True)


def print_one(console: Console, name: str, result: Result) -> None:
    """Every check of one submission, with the story of what fails. A story is shown once."""
    heading = f"{safe(name)}   {result.exercise}   {SIGN[result.verdict]}   "
    heading += f"{result.score:g}/{result.max_score:g}"
    console.print(Text(heading, style="bold"))
    told: set[str] = set()
    for check in result.checks:
        mark = Text(f"  {SIGN[check.verdict]:<5} ", style=COLOUR[check.verdict])
        console.print(mark + Text(f"{check.title}  ({coverage(check)})"), soft_wrap=True)
        if check.verdict == "pass":
            continue
        message = safe(check.message)
        if message in told:
            console.print(Text("        (the same as above)"))
            continue
        told.add(message)
        console.print(Text(f"        {check.kind}: ") + Text(message), soft_wrap=True)
        if check.schedule is not None:
            console.print(Text(f"        schedule {check.schedule}"))
        console.print()


def warn(console: Console, results: list[Result]) -> None:
    """What has to be said of how the submissions were graded."""
    if any(result.sandbox == "none" for result in results):
        console.print(Text(_NO_SANDBOX, style="yellow"), soft_wrap=True)


def coverage(check: CheckResult) -> str:
    """What a check looked at, in words."""
    count = check.schedules_explored
    if count == 0:
        return say("real run") if check.verdict == "pass" else say("did not come to run")
    if check.verdict == "pass" and check.exhausted:
        one, more = "all schedules, {count} schedule run", "all schedules, {count} schedules run"
        return say(one if count == 1 else more, count=count)
    return say("{count} schedule" if count == 1 else "{count} schedules", count=count)


def markdown(names: list[str], results: list[Result]) -> str:
    """A report: a table of submissions, then what is wrong with each."""
    lines = ["# Grades", "", "| submission | exercise | verdict | score | reason |",
             "|---|---|---|---|---|"]  # fmt: skip
    for name, result in zip(names, results, strict=True):
        lines.append(
            f"| {_cell(name)} | {result.exercise} | {SIGN[result.verdict]} "
            f"| {result.score:g}/{result.max_score:g} | {_cell(reason(result))} |"
        )
    if any(result.sandbox == "none" for result in results):
        lines += ["", f"**{_NO_SANDBOX}**"]
    for name, result in zip(names, results, strict=True):
        wrong = [check for check in result.checks if check.verdict != "pass"]
        if not wrong:
            continue
        lines += ["", f"## {_cell(name)}: {result.exercise}"]
        for message in dict.fromkeys(check.message for check in wrong):
            titles = [check.title for check in wrong if check.message == message]
            kind = next(check.kind for check in wrong if check.message == message)
            lines += ["", f"**{kind}** in: {'; '.join(titles)}", "", *_fenced(safe(message))]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Text inside a table: nothing in it is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|@!&~])", r"\\\1", safe(text)).replace("\n", " ")


def _fenced(text: str) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", text, fence]
