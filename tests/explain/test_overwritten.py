"""What a task has set for the calls that it makes, and another one overwrites."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_threads
from tests.explain.failing import Find

_PROGRAM = """
    import threading
    lock = threading.Lock()
    user = None
    def current():
        return user
    def page():
        return current()
    def handle(who):
        global user
        {write}
        return {read}
"""


def _two(module: Any) -> Any:
    return in_threads(call(module.handle, 1), call(module.handle, 2))


@pytest.mark.parametrize("read", ["current()", "page()"])
def test_what_is_overwritten_for_a_called_function_is_told(failure: Find, read: str) -> None:
    """The write, the write of the other task, and what the called function finds."""
    source = _PROGRAM.format(write="user = who", read=read)
    found = failure(source, _two, lambda value: value == [1, 2])
    diagnosis = found.diagnosis("torn-read")
    assert "torn-read" == diagnosis.kind
    steps = [found.step(index) for index in diagnosis.focus]
    assert ["write", "write", "read"] == [step.access for step in steps]
    assert steps[0].task == steps[2].task != steps[1].task
    assert diagnosis.wrong_at == diagnosis.focus[2]
    (fact, *_) = diagnosis.facts
    assert fact.startswith(f"thread-{steps[0].task} wrote user as {steps[0].task} in line ")


def test_locks_around_each_step_do_not_help(failure: Find) -> None:
    """With a lock around the write the same is told: it was free in between."""
    source = _PROGRAM.format(write="with lock: user = who", read="current()")
    found = failure(source, _two, lambda value: value == [1, 2])
    diagnosis = found.diagnosis("torn-read")
    assert "torn-read" == diagnosis.kind
    assert diagnosis.wrong_at == diagnosis.focus[-1]


def test_what_the_task_itself_writes_again_is_no_one_elses(failure: Find) -> None:
    """A wrong result of one task that overwrites its own value is not told like this."""
    source = _PROGRAM.format(write="user = who; user = 0", read="current()")
    found = failure(source, _two, lambda value: value == [1, 2])
    assert "wrong-result" == found.kind("torn-read")
