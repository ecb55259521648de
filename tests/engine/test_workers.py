"""Greenlets that are used again keep nothing of the task before."""

from __future__ import annotations

import contextvars
import gc
from typing import Any

import greenlet

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.operation import READ, WRITE
from grader.engine.task import Abandoned
from grader.standins.threading import Lock, Thread

VARIABLE: contextvars.ContextVar[str] = contextvars.ContextVar("VARIABLE", default="new")


def run(main: Any) -> Any:
    """One execution of `main`, with the default choices."""
    return Execution().run(main)


def test_context_variables_do_not_outlive_their_task() -> None:
    """Every task of every execution begins with an empty context."""
    seen: list[str] = []

    def task() -> None:
        seen.append(VARIABLE.get())
        VARIABLE.set("used")

    def main(execution: Execution) -> None:
        for _ in range(2):
            thread = Thread(target=task)
            thread.start()
            thread.join()

    run(main)
    run(main)
    assert ["new"] * 4 == seen


def test_an_abandoned_task_is_ended_before_its_worker_is_used_again() -> None:
    """A deadlock leaves tasks in the middle; the next execution is not disturbed."""
    ended: list[BaseException] = []

    def stuck(execution: Execution) -> None:
        lock = Lock()
        lock.acquire()
        try:
            lock.acquire()
        except BaseException as error:
            ended.append(error)
            raise

    for _ in range(3):
        assert run(stuck).ending is Ending.DEADLOCK
        assert run(lambda execution: 5).value == 5
    assert [Abandoned] * 3 == [type(error) for error in ended]


def test_an_error_of_a_task_is_gone_with_it() -> None:
    """What one task has raised is not the context of what the next one raises."""

    def fails(execution: Execution) -> None:
        raise ValueError

    first = run(fails).errors
    again = run(fails).errors
    assert again[0][1].__context__ is None
    assert first[0][1] is not again[0][1]


def test_workers_do_not_pile_up() -> None:
    """However many executions there were, there are no more greenlets than tasks at a time."""

    def main(execution: Execution) -> None:
        def task() -> None:
            for _ in range(3):
                execution.perform("read", main, "x", READ)
                execution.perform("write", main, "x", WRITE)

        threads = [Thread(target=task) for _ in range(3)]
        for thread in threads:
            thread.start()

    def count() -> int:
        gc.collect()
        return sum(isinstance(each, greenlet.greenlet) for each in gc.get_objects())

    run(main)
    before = count()
    for _ in range(200):
        run(main)
    assert count() == before
