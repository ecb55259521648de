"""Many executions of one program: budgets, distinct outcomes, one schedule for each."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from collections.abc import Callable, Iterator
from typing import Any

from grader import interrupt
from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.run import IMPATIENT, Limits, Run
from grader.engine.schedule import USUAL, Manner, Schedule
from grader.engine.trace import Recorder, Trace
from grader.explorer.outcome import (
    BAD_ENDINGS,
    Budget,
    Exploration,
    Outcome,
    outcome_of,
    words_of_error,
)
from grader.explorer.program import Program
from grader.explorer.repeat import Nondeterministic, not_repeatable
from grader.strategies.base import Strategy
from grader.strategies.bounded import Bounded
from grader.strategies.deviations import Deviations
from grader.strategies.dpor import Dpor
from grader.strategies.in_turns import InTurns
from grader.strategies.pct import Pct
from grader.strategies.pos import Pos
from grader.strategies.random_walk import RandomWalk
from grader.strategies.reordered import Reordered
from grader.strategies.replay import Replay

STRATEGIES = ("auto", "dpor", "bounded", "pct", "random")
FIRST_LOOK = 400  # schedules of three searches in turns before the exhaustive search goes on alone
LAST_LOOK = 200  # schedules with 0 or 1 preemptions after it
STAGE = 300  # schedules between two looks at what was found
FEW = 20_000  # objects more than before, for which the garbage collector looks at the youngest
IMPATIENT_LOOK = 60  # the same with tasks that sleep again and again while the others are slow
LUCKY_LOOK = 60  # the same with low random numbers, and again with high ones


class _Search:
    """Runs strategies one after another against one budget."""

    def __init__(self, program: Program, budget: Budget, label: str) -> None:
        self.program = program
        self.budget = budget
        self.label = label
        self.found: dict[str, Outcome] = {}
        self.schedules = 0
        self.wrong = BAD_ENDINGS
        self.stopped = False  # an ending that is wrong in any case was met
        self.operations = 0  # executed in all runs together
        self.slept_in_vain = False  # in some run
        self.drew = False  # a random number, in some run
        self.manner = USUAL  # of the runs to come

    def execute(self, strategy: Strategy) -> Run | None:
        """The strategy's next run; None when it has no more."""
        prefix = strategy.next()
        if prefix is None:
            return None
        limits = limits_for(self.budget.limits, self.manner)
        execution = Execution(prefix, strategy.picker, limits, track=strategy.track)
        run = self.program.run(execution)
        self.operations += run.steps
        return run

    def use(
        self, strategy: Strategy, schedules: int, until: Callable[[Outcome], bool] | None = None
    ) -> bool:
        """Runs up to `schedules` more schedules of the strategy; whether it came to its end."""
        with interrupt.held_back(), _few_collections():
            return self._use(strategy, schedules, until)

    def _use(
        self, strategy: Strategy, schedules: int, until: Callable[[Outcome], bool] | None
    ) -> bool:
        for _ in range(schedules):
            if self.stopped or self.spent:
                return False
            run = self.execute(strategy)
            if run is None:
                return True
            self.schedules += 1
            if run.ending is Ending.DIVERGED:
                raise self.not_repeatable(run, "a schedule could not be repeated")
            strategy.learn(run)
            if run.ending is Ending.REDUNDANT:
                continue
            self.slept_in_vain = self.slept_in_vain or run.slept_in_vain
            self.drew = self.drew or run.drew
            outcome = outcome_of(run, self.label, self.manner)
            if self.keep(outcome):
                self.check_repeatable(run, outcome)
            if until is not None and until(outcome):
                return False
            if run.ending in self.wrong or run.recursed:
                self.stopped = True
        return False

    def look(self, exhaustive: Dpor) -> InTurns:
        """A number of schedules of three searches that find different bugs soon: the exhaustive
        one turns round races near the end of a run, deviations stay near the plain schedule,
        and sampling is anywhere.
        """
        turns = InTurns(exhaustive, Pos(), Deviations())
        self.use(turns, FIRST_LOOK)
        if self.slept_in_vain:
            self.look_in(Manner(impatient=True), IMPATIENT_LOOK)
        if self.drew:
            self.look_in(Manner(luck=1), LUCKY_LOOK)
            self.look_in(Manner(luck=2), LUCKY_LOOK)
        return turns

    def look_in(self, manner: Manner, schedules: int) -> None:
        """A number of schedules with 0 or 1 preemptions in this manner."""
        self.manner = manner
        self.use(Bounded(most_preemptions=1), schedules)
        self.manner = USUAL

    def look_again(self) -> None:
        """The schedules with 0 or 1 preemptions, up to a number, after the exhaustive search: it
        leaves out what makes no difference to the steps that the engine sees. Should student code
        read or write something without a step, it shows here or nowhere.
        """
        self.use(Bounded(most_preemptions=1), LAST_LOOK)

    def so_far(self, ended: str | None, covered: int) -> Exploration:
        """What has been found; `ended` says why there is no more to come. `covered`: see
        `Bounded.covered`.
        """
        exhausted = ended == "exhausted"
        outcomes = sorted(self.found.values(), key=lambda outcome: outcome.rank)
        return Exploration(
            outcomes, self.schedules, exhausted, None if exhausted else ended,
            None if exhausted or covered < 0 else covered, ended is not None,
        )  # fmt: skip

    @property
    def spent(self) -> bool:
        """Whether the budget is used up."""
        return self.schedules >= self.budget.schedules or self.operations >= self.budget.operations

    def keep(self, outcome: Outcome) -> bool:
        """Files the outcome; whether it is new."""
        known = self.found.get(outcome.key)
        if known is None:
            self.found[outcome.key] = outcome
            return True
        known.count += 1
        if outcome.size < known.size:
            outcome.count = known.count
            self.found[outcome.key] = outcome
        return False

    def check_repeatable(self, run: Run, outcome: Outcome) -> None:
        """Runs each new outcome's schedule once more: code that does something else under the
        same schedule cannot be judged.
        """
        again = self.execute(Replay(run.choices))
        assert again is not None
        same = outcome_of(again, self.label, self.manner)
        alike = run.recursed or _way(again) == _way(run)  # where recursion ends is not repeatable
        if again.ending is Ending.DIVERGED or same.key != outcome.key or not alike:
            raise self.not_repeatable(run, "two runs of one schedule ended differently")

    def not_repeatable(self, run: Run, why: str) -> Nondeterministic:
        """What to raise after a run that was not like an earlier one with the same choices."""
        limits = limits_for(self.budget.limits, self.manner)
        return not_repeatable(self.program, run.choices, limits, why)


def explore(
    program: Program,
    budget: Budget | None = None,
    *,
    label: str = "x",
    strategy: str = "auto",
    fail_fast: bool = False,
) -> Exploration:
    """Runs `program` under many schedules and gathers its distinct outcomes.

    `strategy` is "auto" (three searches in turns, then the exhaustive one alone, then few
    preemptions and random priorities), "dpor" (the exhaustive search alone), "bounded", "pct" or
    "random". Stops early at a deadlock, a leak or a bound, which are wrong in any case, and with
    `fail_fast` at an exception that nobody caught. Raises `Nondeterministic` when the program does
    not repeat itself.
    """
    *_, found = explore_in_stages(
        program, budget, label=label, strategy=strategy, fail_fast=fail_fast
    )
    return found


def explore_in_stages(
    program: Program,
    budget: Budget | None = None,
    *,
    label: str = "x",
    strategy: str = "auto",
    fail_fast: bool = False,
) -> Iterator[Exploration]:
    """`explore`, with what has been found so far after every few hundred schedules. Who sees
    that something is wrong need not ask for more.
    """
    search = _Search(program, budget or Budget(), label)
    if fail_fast:
        search.wrong = BAD_ENDINGS | {Ending.EXCEPTION}
    bounded = Bounded()
    dpor = Dpor()
    plan: list[tuple[Strategy, int]] = []  # what to use, and until how many schedules in all
    most = search.budget.schedules
    complete: list[Strategy] = [dpor, bounded]  # whose end is the end of all schedules
    match strategy:
        case "bounded":
            plan = [(bounded, most)]
        case "dpor":
            plan = [(dpor, most)]
        case "pct":
            plan = [(Pct(), most)]
        case "random":
            plan = [(RandomWalk(), most)]
        case _:
            complete.append(search.look(dpor))
            yield search.so_far(None, -1)
            plan = [
                (dpor, most // 2), (bounded, most * 5 // 8), (Pct(), most * 3 // 4), (dpor, most),
            ]  # fmt: skip
    for searcher, until in plan:
        while not (search.stopped or search.spent or any(each.exhausted for each in complete)):
            if search.schedules >= until or search.use(
                searcher, min(STAGE, until - search.schedules)
            ):
                break
            yield search.so_far(None, bounded.covered)
    done = "exhausted" if any(each.exhausted for each in complete) else "budget"
    if strategy == "auto" and done == "exhausted" and not search.stopped:
        search.look_again()
    ended = "failure" if search.stopped else done
    yield search.so_far(ended, bounded.covered)


def simplest(
    program: Program, outcome: Outcome, budget: Budget, label: str, key: str | None = None
) -> Outcome:
    """The same outcome (the one with `key`, when given) by a schedule with the fewest preemptions,
    then the fewest steps, then the fewest switches between tasks.

    No schedule is simpler if half the budget is enough for all that have no more preemptions than
    the one that is returned. Where it is not, the simplest one that was met is returned: the one
    given, the same steps in a better order, or one of those with the fewest deviations, to which
    the rest of the budget goes. Of equally simple ones the first counts, so it is always the same.
    """
    wanted = key if key is not None else outcome.key
    search = _Search(program, budget, label)
    search.manner = outcome.schedule.manner
    search.wrong = frozenset({Ending.LIVELOCK, Ending.STEP_BOUND})  # long: one has to do
    search.use(Replay(outcome.schedule.choices), 1)
    if wanted not in search.found:
        return outcome
    search.stopped = False
    given = search.execute(Replay(outcome.schedule.choices))
    assert given is not None
    if given.recursed:
        return search.found[wanted]
    search.use(Reordered(given), 1)
    bounded = Bounded()

    def no_more_preemptions(_: Outcome) -> bool:
        bounded.most = search.found[wanted].preemptions
        return False

    if not search.use(bounded, budget.schedules // 2, no_more_preemptions):
        search.use(Deviations(), budget.schedules)
    return search.found[wanted]


def replay(program: Program, schedule: Schedule, budget: Budget | None = None) -> tuple[Run, Trace]:
    """Runs one schedule again and writes down every step. Raises `Nondeterministic` when the
    program cannot follow the schedule (it is another program's, say).
    """
    recorder = Recorder({source.filename: source.lines for source in program.sources.values()})
    limits = limits_for((budget or Budget()).limits, schedule.manner)
    execution = Execution(schedule.choices, None, limits, recorder)
    run = program.run(execution)
    if run.ending is Ending.DIVERGED:
        raise Nondeterministic("the schedule does not fit this program")
    trace = recorder.trace
    if run.recursed:
        trace.keep_first_round(run.errors[-1][0].id)
    for task, error in run.errors:
        trace.errors[task.id] = (_error_text(error), error_line(error, program))
        caught = [who for who, its in execution.state.get("thread errors", ()) if its is error]
        trace.raisers[task.id] = caught[0] if caught else recorder.raiser(error, task.id)
    if run.ending not in (Ending.FINISHED, Ending.EXCEPTION):  # nobody came to raise them again
        for who, error in execution.state.get("thread errors", ()):
            trace.deaths[who] = (_error_text(error), error_line(error, program))
    tasks = {task.name: task.id for task in execution.tasks}
    for name, error in execution.state.get("child errors", ()):  # a traceback on stderr, in life
        trace.deaths[tasks[name]] = (_error_text(error), error_line(error, program))
    return run, trace


def some_traces(program: Program, count: int = 20) -> Iterator[Trace]:
    """Runs as many schedules by chance, the same ones each time, and writes down every step."""
    walk = RandomWalk()
    for _ in range(count):
        recorder = Recorder({source.filename: source.lines for source in program.sources.values()})
        program.run(Execution((), walk.picker, None, recorder))
        yield recorder.trace


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """Every run leaves some garbage that is in cycles. Looking for it several times in each run, as
    by default, takes a tenth of the time.
    """
    young, *older = gc.get_threshold()
    if 0 < young < FEW:  # 0: switched off
        gc.set_threshold(FEW, *older)
    try:
        yield
    finally:
        gc.set_threshold(young, *older)


def limits_for(limits: Limits, manner: Manner) -> Limits:
    """The limits of a schedule in this manner."""
    if manner == USUAL:
        return limits
    patience = IMPATIENT if manner.impatient else limits.patience
    return dataclasses.replace(limits, patience=patience, luck=manner.luck)


def _way(run: Run) -> list[tuple[int, str]]:
    """Who did what, step by step."""
    return [(task.id, kind) for task, kind, *_ in run.log]


def _error_text(error: BaseException) -> str:
    words = words_of_error(error)
    return f"{type(error).__name__}{': ' if words else ''}{words}"


def error_line(error: BaseException, program: Program) -> int:
    """The line of the student's code that raised, or 0."""
    names = {source.filename for source in program.sources.values()}
    line = 0
    at: Any = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename in names:
            line = at.tb_lineno
        at = at.tb_next
    return line
