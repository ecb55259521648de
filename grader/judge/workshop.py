"""Answers requests about one student's file. Used by the runner process, and in-process for the
visible checks on a student's own machine.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.run import Limits
from grader.engine.schedule import Schedule
from grader.explain.report import explain
from grader.explorer import (
    Budget,
    Exploration,
    Nondeterministic,
    NotModelled,
    Outcome,
    Program,
    explore_in_stages,
    replay,
    simplest,
)
from grader.explorer.outcome import outcome_of, summary_of_error
from grader.explorer.search import error_line
from grader.judge import protocol
from grader.source.load import Source, SourceError, decode, from_text

SIMPLIFY = 1_000  # schedules spent on a simpler counterexample
STEPS, TICKS = 8_000, 100_000  # of one execution: scenarios are small
OPERATIONS = 400_000  # executed by all schedules of one exploration together


class Workshop:
    """The student's file, loaded, and the scenarios it is put through."""

    def __init__(self, setup: protocol.Setup) -> None:
        self._setup = setup
        self._source: Source | None = None
        self._scenarios: ModuleType | None = None
        self._exploration: Iterator[Exploration] | None = None

    def answer(self, request: protocol.Request) -> protocol.Reply:
        """The reply to a request. Raises only what is the grader's own fault."""
        try:
            match request:
                case protocol.Setup():
                    return self._load()
                case protocol.Explore():
                    return self._explore(request)
                case protocol.Explain():
                    return self._explain(request)
                case _:
                    return protocol.Broken("a real run needs a process of its own")
        except SourceError as error:
            return protocol.Refused(error.kind, error.message, error.line or None)
        except NotModelled as error:
            return protocol.Refused("not-modelled", str(error))
        except Nondeterministic as error:
            return protocol.Refused(
                "nondeterministic",
                "This code is not deterministic under one schedule, so it cannot be graded: "
                f"{error}. Does it use object ids, the order of a set, or a real clock?",
            )

    def _load(self) -> protocol.Reply:
        """Loads the file, and runs its top level once on its own."""
        setup = self._setup
        self._source = from_text(
            decode(setup.content), name=setup.module, filename=setup.filename,
            allowed=setup.may_import,
        )  # fmt: skip
        names = setup.names
        program = self._program(
            lambda module: [name for name in names if not hasattr(module, name)]
        )
        run = program.run(Execution(limits=Limits(STEPS, TICKS)))
        if run.ending is Ending.EXCEPTION and run.errors:
            _, error = run.errors[0]
            line = error_line(error, program)
            text = summary_of_error("", error).removeprefix(": ")
            where = f" (line {line})" if line else ""
            return protocol.Refused(
                "import-error", f"{setup.filename} cannot be imported{where}: {text}", line or None
            )
        if run.ending is not Ending.FINISHED:
            return protocol.Refused(
                "livelock" if run.ending in (Ending.LIVELOCK, Ending.STEP_BOUND) else "deadlock",
                f"{setup.filename} does not come to its end when it is imported: something at "
                "its top level waits or loops for ever, or there is far too much of it.",
            )
        missing: list[str] = run.value
        if missing:
            listed = " and ".join(missing)
            verb = "is" if len(missing) == 1 else "are"
            return protocol.Refused(
                "missing-name",
                f"{setup.filename} does not define {listed}, which {verb} part of the contract. "
                "Is the name spelt exactly so?",
            )
        return protocol.Ready()

    def _program(self, scenario: Any, parameters: tuple[Any, ...] = ()) -> Program:
        assert self._source is not None
        name = self._setup.module
        return Program({name: self._source}, name, scenario, parameters, self._setup.may_import)

    def _scenario(self, name: str) -> Any:
        if self._scenarios is None:
            self._scenarios = load_scenarios(self._setup.scenarios)
        return getattr(self._scenarios, name)

    def _explore(self, request: protocol.Explore) -> protocol.Reply:
        if not request.more or self._exploration is None:
            program = self._program(self._scenario(request.scenario), tuple(request.parameters))
            budget = Budget(
                request.schedules, Limits(STEPS, TICKS, request.early_timeouts), OPERATIONS
            )
            self._exploration = explore_in_stages(program, budget, label=request.label)
        found = next(self._exploration)
        if any(_is_memory(error) for outcome in found.outcomes for error in outcome.errors):
            return out_of_memory()
        return _explored(found)

    def _explain(self, request: protocol.Explain) -> protocol.Reply:
        program = self._program(self._scenario(request.scenario), tuple(request.parameters))
        limits = Limits(STEPS, TICKS, request.early_timeouts)
        schedule = Schedule.parse(request.schedule)
        if request.simplify:
            first = Outcome(Ending.FINISHED, None, (), schedule, 99, 0)
            schedule = _simplest(program, first, request, limits)
        run, trace = replay(program, schedule, Budget(1, limits))
        hint = request.hint if run.ending is Ending.FINISHED else None  # else the run says it
        done = outcome_of(run, schedule.label, schedule.manner)
        told = explain(
            run, trace, label=schedule.label, schedule=str(schedule), position=request.position,
            hint=hint, width=request.width, title=request.title, right=request.right,
            language=request.language, astray=request.key not in ("", done.key),
        )  # fmt: skip
        line = told.line_in(self._setup.filename)
        if not request.picture:
            return protocol.Story(told.kind, told.text, str(schedule), line)
        return protocol.Story(
            told.kind, told.text, str(schedule), line, told.picture(), done.value
        )  # fmt: skip


def _simplest(
    program: Program, first: Outcome, request: protocol.Explain, limits: Limits
) -> Schedule:
    """The simplest schedule for the outcome with the request's key."""
    found = simplest(
        program, first, Budget(SIMPLIFY, limits, OPERATIONS), first.schedule.label, key=request.key
    )
    return found.schedule


def _is_memory(error: str) -> bool:
    """Whether this is `task: MemoryError`, with or without words of its own."""
    return error.partition(": ")[2].partition(":")[0] == MemoryError.__name__


def out_of_memory() -> protocol.Refused:
    """The reply when there is no memory left."""
    return protocol.Refused("memory", "The code needs more memory than this exercise allows.")


def _explored(found: Exploration) -> protocol.Explored:
    return protocol.Explored(
        [
            protocol.FoundOutcome(
                outcome.ending.value,
                outcome.value,
                list(outcome.errors),
                str(outcome.schedule),
                outcome.key,
                outcome.preemptions,
            )
            for outcome in found.outcomes
        ],
        found.schedules,
        found.exhausted,
        found.done,
    )


def load_scenarios(text: str) -> ModuleType:
    """The module with this source, under a name of its own. It is trusted code."""
    name = "grader_scenarios_" + hashlib.sha256(text.encode()).hexdigest()[:16]
    if name in sys.modules:
        return sys.modules[name]
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(text, "scenarios.py", "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - our own file
    return module
