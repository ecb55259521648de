"""What an exploration found: the distinct outcomes, and how much of the space was covered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grader.engine.endings import Ending
from grader.engine.run import Limits, Run
from grader.engine.schedule import USUAL, Manner, Schedule
from grader.explorer.observation import Plain, arguments, canonical, class_name, printable

BAD_ENDINGS = frozenset(
    {Ending.DEADLOCK, Ending.LOST_WAKEUP, Ending.LEAKED, Ending.LIVELOCK, Ending.STEP_BOUND}
)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much an exploration may do. Counts schedules and steps, never seconds."""

    schedules: int = 20_000
    limits: Limits = field(default_factory=Limits)
    operations: int = 2_000_000  # of all executions together


@dataclass(slots=True)
class Outcome:
    """One distinct result of the scenario, with the simplest schedule found for it."""

    ending: Ending
    value: Plain  # what the scenario returned; None unless finished
    errors: tuple[str, ...]  # exceptions that nobody caught: "thread-1: ValueError: text"
    schedule: Schedule
    preemptions: int
    steps: int
    switches: int = 0  # between tasks
    count: int = 1  # schedules run that ended so

    @property
    def size(self) -> tuple[Manner, int, int, int]:
        """Smaller for an outcome whose schedule is simpler."""
        return (self.schedule.manner, self.preemptions, self.steps, self.switches)

    @property
    def rank(self) -> tuple[Manner, int, int, int]:
        """Smaller for an outcome to tell about rather: fewer preemptions, then fewer choices that
        are not the default, and an earlier one.
        """
        other = [index for index, choice in enumerate(self.schedule.choices) if choice]
        first = other[0] if other else 0
        return (self.schedule.manner, self.preemptions, len(other), first)

    @property
    def key(self) -> str:
        """Equal for equal outcomes."""
        return canonical([self.ending.value, self.value, list(self.errors)])


@dataclass(slots=True)
class Exploration:
    """The set of distinct outcomes, those to tell about first."""

    outcomes: list[Outcome]
    schedules: int  # executions made
    exhausted: bool  # every schedule of the scenario is covered
    stopped_by: str | None  # what ended the search when it was not exhausted
    preemptions: int | None = None  # all schedules with up to so many preemptions were covered
    done: bool = True  # there is no more to come


# Comprehensions have no name of their own since Python 3.12; one text has to hold for all.
_COMPREHENSION = re.compile(r"<(?:list|set|dict)comp>\.(?:<locals>\.)?")

# Where an object lies differs from run to run, and results have to be the same.
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")


def words_of_error(error: BaseException) -> str:
    """What an exception says, on one line, without calling student code; "" if it says nothing."""
    args = arguments(error)
    first = args[0] if args else None
    if type(first) is str:
        words = " ".join(printable(first[:1_000]).splitlines())
        return _ADDRESS.sub("0x…", _COMPREHENSION.sub("", words))[:200]
    if isinstance(error, KeyError) and type(first) in (int, str):
        return printable(repr(first))[:200]
    return ""


def summary_of_error(name: str, error: BaseException) -> str:
    """One line for an exception in task `name`: type and message."""
    words = words_of_error(error)
    name = printable(name)[:100]
    text = f"{name}: {class_name(type(error))[:60]}{': ' if words else ''}{words}"
    return " ".join(text.splitlines())


def outcome_of(run: Run, label: str, manner: Manner = USUAL) -> Outcome:
    """The outcome of one execution."""
    finished = run.ending in (Ending.FINISHED, Ending.EXCEPTION)
    return Outcome(
        run.ending,
        run.value if finished else None,
        tuple(summary_of_error(task.name, error) for task, error in run.errors),
        Schedule.of(label, run.choices, manner),
        run.preemptions,
        run.steps,
        run.switches,
    )
