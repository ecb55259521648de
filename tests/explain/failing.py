"""Programs that fail, replayed: what the tests of explanations look at."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.engine.endings import Ending
from grader.engine.run import Limits, Run
from grader.engine.schedule import Schedule
from grader.engine.trace import Step, Trace
from grader.explain.classify import Diagnosis, classify
from grader.explain.picture import Picture
from grader.explain.report import Explanation, explain
from grader.explorer import Budget, Program, explore, replay, simplest
from grader.source.load import Source, from_text

MODULES = frozenset(
    {
        "threading",
        "time",
        "queue",
        "multiprocessing",
        "collections",
        "contextlib",
        "dataclasses",
        "functools",
        "socket",
    }
)


@dataclass
class Failure:
    """One failing schedule of a program."""

    run: Run
    trace: Trace
    schedule: Schedule

    def diagnosis(self, hint: str | None = None) -> Diagnosis:
        """What is said about it."""
        return classify(self.run, self.trace, hint)

    def kind(self, hint: str | None = None) -> str:
        """What it is called."""
        return self.diagnosis(hint).kind

    def told(self, hint: str | None = None, **more: Any) -> Explanation:
        """All that is told."""
        return explain(
            self.run, self.trace, label=self.schedule.label, schedule=self.schedule, hint=hint,
            **more,
        )  # fmt: skip

    def text(self, hint: str | None = None, width: int = 80, **more: Any) -> str:
        """The story."""
        return self.told(hint, width=width, **more).text

    def picture(self, hint: str | None = None, **more: Any) -> Picture:
        """The run as plain data."""
        return self.told(hint, **more).picture()

    def step(self, index: int | None) -> Step:
        """A step of the trace, or one that never came to run."""
        assert index is not None
        return [*self.trace.steps, *self.trace.blocked][index]


Find = Callable[..., Failure]


def find_failure(
    source: Source | str,
    scenario: Callable[..., Any],
    allowed: Callable[[Any], bool] = lambda value: True,
    *,
    steps: int = 4_000,
    early_timeouts: bool = False,
) -> Failure:
    """The simplest schedule of the program that ends badly, or with a value that is not allowed.
    With `early_timeouts` timed waits may expire at any moment.
    """
    if isinstance(source, str):
        text = textwrap.dedent(source).lstrip("\n")
        source = from_text(text, name="program", filename="program.py", allowed=MODULES)
    program = Program({source.name: source}, source.name, scenario)
    budget = Budget(300, Limits(steps=steps, early_timeouts=early_timeouts))
    found = explore(program, budget, label="00", strategy="bounded")
    for outcome in found.outcomes:
        if outcome.ending is not Ending.FINISHED or not allowed(outcome.value):
            best = simplest(program, outcome, budget, "00")
            run, trace = replay(program, best.schedule, budget)
            return Failure(run, trace, best.schedule)
    raise AssertionError(f"nothing fails: {[outcome.value for outcome in found.outcomes]}")
