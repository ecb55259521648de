"""`concurrent.futures` under control does what CPython's does, under every schedule."""

import concurrent.futures as real
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from grader.engine.execution import Execution
from grader.standins import futures
from grader.strategies.dpor import Dpor

CONTROLLED = SimpleNamespace(**futures.public())


def outcomes(program: Callable[[Any], Any]) -> set[tuple[str, str]]:
    """Every (ending, value) of the program over the controlled module."""
    search = Dpor()
    found = set()
    while (prefix := search.next()) is not None:
        run = Execution(prefix, search).run(lambda execution: program(CONTROLLED))
        search.learn(run)
        if run.ending.value != "redundant":
            found.add((run.ending.value, repr(run.value)))
    assert search.exhausted
    return found


def results_in_order(module: Any) -> Any:
    with module.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda n: n * n, [1, 2, 3]))


def an_exception(module: Any) -> Any:
    with module.ThreadPoolExecutor(1) as pool:
        future = pool.submit(int, "x")
        return [type(future.exception()).__name__, future.done(), future.cancelled()]


def after_shutdown(module: Any) -> Any:
    pool = module.ThreadPoolExecutor(1)
    pool.shutdown()
    try:
        pool.submit(print)
    except RuntimeError as error:
        return str(error)
    return "submitted"


def no_workers(module: Any) -> Any:
    try:
        module.ThreadPoolExecutor(0)
    except ValueError as error:
        return str(error)
    return "made"


def all_done(module: Any) -> Any:
    with module.ThreadPoolExecutor(2) as pool:
        fs = [pool.submit(abs, -n) for n in (1, 2)]
        done, left = module.wait(fs)
        return [sorted(f.result() for f in done), len(left)]


def completed(module: Any) -> Any:
    with module.ThreadPoolExecutor(2) as pool:
        fs = [pool.submit(abs, -n) for n in (1, 2)]
        return sorted(f.result() for f in module.as_completed(fs))


@pytest.mark.parametrize(
    "program", [results_in_order, an_exception, after_shutdown, no_workers, all_done, completed]
)
def test_every_schedule_gives_what_cpython_gives(program: Callable[[Any], Any]) -> None:
    """One outcome, and it is CPython's."""
    assert {("finished", repr(program(real)))} == outcomes(program)


def test_a_task_that_waits_for_its_own_pool_is_a_deadlock() -> None:
    """One worker that waits for a second one can never end."""

    def program(module: Any) -> Any:
        pool = module.ThreadPoolExecutor(1)
        return pool.submit(lambda: pool.submit(int).result()).result()

    assert {("deadlock", "None")} == outcomes(program)


def test_cancelling_races_with_the_worker() -> None:
    """A future is cancelled or run, never both."""

    def program(module: Any) -> Any:
        ran: list[int] = []
        pool = module.ThreadPoolExecutor(1)
        future = pool.submit(ran.append, 1)
        cancelled = future.cancel()
        pool.shutdown()
        return [cancelled, len(ran)]

    assert {("finished", "[True, 0]"), ("finished", "[False, 1]")} == outcomes(program)


def test_idle_workers_are_not_left_running() -> None:
    """A pool that nobody shuts down does not keep the program from ending."""

    def program(module: Any) -> Any:
        return module.ThreadPoolExecutor(1).submit(abs, -3).result()

    assert {("finished", "3")} == outcomes(program)
