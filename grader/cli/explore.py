"""`grader explore FILE.py:function`: any Python function under control."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from grader.cli.files import UsageError
from grader.engine.schedule import Schedule, ScheduleError
from grader.explain.advice import races_of
from grader.explain.page import framed
from grader.explain.picture import Picture
from grader.explain.report import Explanation, explain
from grader.explorer import (
    Budget,
    Nondeterministic,
    NotModelled,
    Program,
    explore,
    replay,
    simplest,
    some_traces,
)
from grader.explorer.outcome import Exploration, Outcome
from grader.source.load import Source, SourceError, from_file

SIMPLIFY = 3_000  # schedules spent on a simpler counterexample


class ExplorationResult(msgspec.Struct, tag_field="schema", tag="racecourse/exploration/1"):
    """What `grader explore --json` writes."""

    verdict: str
    kind: str | None
    schedules: int
    exhausted: bool
    schedule: str | None
    seconds: float


EXIT = {"holds": 0, "fails": 1, "inconclusive": 3, "unsupported": 3}


@dataclass(frozen=True, slots=True)
class Told:
    """A result, what to print of it, and what it shows, where something fails."""

    result: ExplorationResult
    text: str
    explanation: Explanation | None = None

    def _repr_html_(self) -> str:
        """What a notebook shows: the page of what fails, else the text."""
        if self.explanation is not None:
            return framed(self.explanation.picture())
        return f"<pre>{html.escape(self.text)}</pre>"


class _Folder(Mapping[str, Source]):
    """The modules beside the explored file: they come under control as well."""

    def __init__(self, path: Path) -> None:
        self._folder = path.parent
        self._known = {path.stem: from_file(path, allowed=None)}

    def __getitem__(self, name: str) -> Source:
        if name not in self._known:
            path = self._folder / f"{name}.py"
            if not name.isidentifier() or not path.is_file():
                raise KeyError(name)
            self._known[name] = from_file(path, allowed=None)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (
            name in self._known or (name.isidentifier() and (self._folder / f"{name}.py").is_file())
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _program(target: str) -> Program:
    file, colon, function = target.rpartition(":")
    if not colon or not function.isidentifier() or not file:
        raise UsageError(f"{target!r} does not name a function: write FILE.py:function.")
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"{file} does not exist, or is not a file.")
    try:
        sources = _Folder(path)
    except SourceError as error:
        raise UsageError(f"{path}: {error.message}") from None

    def scenario(module: Any) -> Any:
        return getattr(module, function)()

    return Program(sources, path.stem, scenario)


def run_explore(target: str, schedules: int, strategy: str, language: str = "en") -> Told:
    """Explores and explains. Raises `UsageError` when the call is wrong."""
    program = _program(target)
    function = target.rpartition(":")[2]
    budget = Budget(schedules)
    began = time.monotonic()

    def result(verdict: str, found: Exploration | None = None, kind: str | None = None,
               schedule: str | None = None) -> ExplorationResult:  # fmt: skip
        return ExplorationResult(
            verdict, kind, found.schedules if found else 0, found.exhausted if found else False,
            schedule, round(time.monotonic() - began, 3),
        )  # fmt: skip

    try:
        _require(program, function)
        found = explore(program, budget, label="x", strategy=strategy, fail_fast=True)
        wrong = next((each for each in found.outcomes if each.ending.value != "finished"), None)
        if wrong is None:
            return _held(program, found, result)
        simple = simplest(program, wrong, Budget(SIMPLIFY), "x")
        story = _story(program, simple, found, function, language)
    except NotModelled as error:
        return Told(result("unsupported", kind="not-modelled"), str(error))
    except Nondeterministic as error:
        return Told(
            result("unsupported", kind="nondeterministic"),
            f"This code is not deterministic under one schedule: {error}. Does it use object "
            "ids, the order of a set, or a real clock?",
        )
    except SourceError as error:
        raise UsageError(error.message) from None
    return Told(result("fails", found, story.kind, str(simple.schedule)), story.text, story)


def _require(program: Program, function: str) -> None:
    """Loads the module once on its own: a misspelt function is a wrong call, not a bug found."""
    from grader.engine.execution import Execution

    missing = Program(
        program.sources, program.main, lambda module: not callable(getattr(module, function, None))
    )
    run = missing.run(Execution())
    if run.errors:
        raise UsageError(
            f"{program.main}.py cannot be imported: "
            f"{type(run.errors[0][1]).__name__}: {run.errors[0][1]}"
        )
    if run.value:
        raise UsageError(f"{program.main}.py has no function {function!r}.")


def _held(program: Program, found: Exploration, result: Any) -> Told:
    if found.exhausted:
        told = (
            f"holds: no schedule fails. All schedules are covered; {found.schedules} were run, "
            "one or more of each class of equivalent ones."
        )
        if races := races_of(some_traces(program)):
            told = "\n".join(
                [told, "For your information (no schedule shows that it matters):", *races]
            )
        return Told(result("holds", found), told)
    covered = ""
    if found.preemptions is not None:
        covered = f"All with up to {found.preemptions} preemptions are covered. "
    return Told(
        result("inconclusive", found),
        f"inconclusive: none of {found.schedules} schedules failed, but there are more. {covered}"
        "Try --max-schedules with a larger number, or fewer threads or rounds.",
    )


def _story(
    program: Program, outcome: Outcome, found: Exploration, function: str, language: str
) -> Explanation:  # fmt: skip
    run, trace = replay(program, outcome.schedule)
    return explain(
        run, trace, label="x", schedule=str(outcome.schedule), position=found.schedules,
        width=100, title=f"{function}()", language=language,
    )  # fmt: skip


def run_replay(target: str, schedule: str, language: str = "en") -> Picture:
    """The picture of one schedule of an explored function. Raises `UsageError` when the call is
    wrong.
    """
    program = _program(target)
    try:
        parsed = Schedule.parse(schedule)
        run, trace = replay(program, parsed)
    except ScheduleError as error:
        raise UsageError(str(error)) from None
    except (Nondeterministic, NotModelled) as error:
        raise UsageError(f"{schedule}: {error}.") from None
    function = target.rpartition(":")[2]
    return explain(
        run, trace, label=parsed.label, schedule=schedule, position=1, width=100,
        title=f"{function}()", language=language,
    ).picture()  # fmt: skip
