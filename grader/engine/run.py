"""One run: what bounds it, who decides, what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from grader.engine.endings import Ending, Waiting
from grader.engine.operation import Operation
from grader.engine.task import Task

if TYPE_CHECKING:
    from grader.engine.execution import Execution

EARLY = 3  # times that the waits of one task may expire early
IMPATIENT = 120  # sleeps in a row that a task may take while the others are slow
LUCKY = 3  # random numbers of each task that are as low, or as high, as they can be


class Picker(Protocol):
    """What a strategy offers to a running execution, for the choices after its prefix."""

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """Which of the enabled tasks goes on: an index. Called for forced moves as well."""

    def choose(self, execution: Execution, alternatives: int) -> int:
        """Which alternative the program's own choice takes: an index."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one execution. They count steps, never seconds."""

    steps: int = 20_000  # visible operations
    ticks: int = 400_000  # loop iterations
    # Timed waits may expire at any moment, `EARLY` times in each task; then (or without this) only
    # when nothing else can run. A bound for each task keeps loops around timed waits finite, and
    # whether a task can run does not depend on how often the others have run.
    early_timeouts: bool = False
    patience: int = 0  # sleeps that a task may take in a row with nothing changed (see `step_back`)
    luck: int = 0  # 1: the first `LUCKY` random numbers of each task are low, 2: they are high


class Decision:
    """A state in which there was a choice."""

    __slots__ = ("alternatives", "at", "preemptive")

    def __init__(self, at: int, alternatives: int, preemptive: bool) -> None:
        self.at = at  # length of the log when the choice was made
        self.alternatives = alternatives
        self.preemptive = preemptive  # alternative 0 goes on with the running task; others preempt


@dataclass(slots=True)
class Run:
    """What one execution did. `value` is what the main task returned."""

    ending: Ending
    value: Any
    choices: list[int]
    decisions: list[Decision]
    log: list[Operation]
    barriers: list[int]  # indexes in the log of waits that expired because nothing else could run
    steps: int
    own: list[int] = field(default_factory=list)  # which choices were the program's own
    waiting: list[Waiting] = field(default_factory=list)
    pending: list[Operation] = field(default_factory=list)  # of tasks that never came to run it
    errors: list[tuple[Task, BaseException]] = field(default_factory=list)
    output: str = ""
    spun: bool = False  # a loop was made to let others run: not every order was open
    slept_in_vain: bool = False  # a task slept, found nothing changed, and slept again
    drew: bool = False  # a random number, of no seed of its own
    luck: int = 0  # as in the limits
    recursed: bool = False  # ended at Python's limit of recursion, wherever that was

    @property
    def preemptions(self) -> int:
        """How often a task was stopped although it could have gone on."""
        count = 0
        for choice, decision in zip(self.choices, self.decisions, strict=True):
            if choice and decision.preemptive:
                count += 1
        return count

    @property
    def switches(self) -> int:
        """How often another task went on than the one before."""
        count = 0
        before = self.log[0][0] if self.log else None
        for op in self.log:
            if op[0] is not before:
                before = op[0]
                count += 1
        return count


class Track:
    """The way that one run went, for others that begin with the same choices: what could run need
    not be asked again. It holds no object of the run.
    """

    __slots__ = ("barriers", "decisions", "kinds", "own", "tasks")

    def __init__(self, run: Run, before: Track | None = None, same: int = 0) -> None:
        """The first `same` events of the run are those of `before`."""
        fresh = run.log[same:]
        self.tasks = [op[0].id for op in fresh]
        self.kinds = [op[1] for op in fresh]
        if before is not None:
            self.tasks = before.tasks[:same] + self.tasks
            self.kinds = before.kinds[:same] + self.kinds
        self.decisions = run.decisions
        self.own = run.own
        self.barriers = frozenset(run.barriers)
