"""What scenarios are written with: jobs that the explorer and real threads know alike."""

from __future__ import annotations

import threading
from typing import Any

from grader.explorer import Budget, Program, explore, replay
from grader.scenario import Together, attempt, call, in_threads, threading_here
from grader.source.load import from_text

_SOURCE = from_text(
    "import threading\nlock = threading.Lock()\n", name="m", filename="m.py", allowed=None
)


def _two(module: Any) -> int:
    together = Together()

    def job() -> None:
        with together:
            pass

    in_threads(job, job)
    return together.most


def _two_under_a_lock(module: Any) -> int:
    together = Together()

    def job() -> None:
        with module.lock, together:
            pass

    in_threads(job, job)
    return together.most


def _who_waits(module: Any) -> list[bool]:
    told = threading_here().Event()

    def tell() -> bool:
        told.set()
        return True

    return in_threads(told.wait, tell)


def _values(scenario: Any) -> list[Any]:
    found = explore(Program({"m": _SOURCE}, "m", scenario), Budget(1_000))
    assert found.exhausted, found
    return sorted(outcome.value for outcome in found.outcomes)


def test_jobs_are_together_in_some_schedules() -> None:
    """Two jobs can be in together, or one after the other, and both is found."""
    assert [1, 2] == _values(_two)


def test_jobs_under_a_lock_are_never_together() -> None:
    """What a lock keeps apart is never in together."""
    assert [1] == _values(_two_under_a_lock)


def test_a_scenario_waits_with_controlled_primitives() -> None:
    """A job that waits for another one is woken under every schedule."""
    assert [[True, True]] == _values(_who_waits)


def test_story_says_with_which_exception_a_job_was_left() -> None:
    """A trace has the name of the job, and that of the exception where there was one."""

    def fail() -> None:
        with Together("work"):
            raise ValueError

    def scenario(module: Any) -> Any:
        with module.lock, Together():
            pass
        return in_threads(call(attempt, fail))

    program = Program({"m": _SOURCE}, "m", scenario)
    found = explore(program, Budget(10))
    _, trace = replay(program, found.outcomes[0].schedule, Budget(10))
    said = [step.value for step in trace.steps if step.kind in ("call", "return")]
    assert ["job", "job", "work", "work (ValueError)"] == said


def test_real_threads_are_counted() -> None:
    """Outside of an exploration real threads that meet are in together."""
    together, meeting = Together(), threading_here().Barrier(3)

    def job() -> None:
        with together:
            meeting.wait()

    in_threads(job, job, job)
    assert [3, 3, True] == [together.most, together.entered, threading_here() is threading]
