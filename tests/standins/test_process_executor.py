"""`ProcessPoolExecutor`: as in CPython under spawn, and what its schedules can do."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from grader.engine.runtime import NotModelled
from grader.strategies.bounded import Bounded
from tests.programs import outcomes
from tests.standins.multiprocessing import harness
from tests.standins.multiprocessing.harness import Dice, every_outcome

FEW = 100  # schedules of each search that knows no equivalence
CASES = Path(__file__).with_name("cases_executors.py")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What CPython does."""
    return harness.with_cpython(CASES, tmp_path_factory.mktemp("executors"))


@pytest.mark.slow
@pytest.mark.parametrize("case", harness.cases(CASES))
def test_it_does_as_in_cpython(case: str, real: dict[str, str]) -> None:
    """Results, error types and messages are CPython's."""
    assert real[case] == harness.under_control(CASES, case)


HEAD = """
import multiprocessing as mp
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, as_completed, wait
count = 0
value = None

def square(x): return x * x

def bump(x):
    global count
    count += 1
    return count

def fail(x): raise ValueError(x)

def take(given):
    global value
    value = given

def lose(x):
    seen = value.value
    value.value = seen + 1

def block(event): event.wait()

class Point:
    def __init__(self, x): self.x = x

def point(x): return Point(x)

def go():
"""

PROGRAMS = {
    "results in order": (
        "with ProcessPoolExecutor(2) as pool: return list(pool.map(square, [1, 2, 3]))",
        {"[1, 4, 9]"},
    ),
    "results as they come": (
        """
        with ProcessPoolExecutor(2) as pool:
            futures = [pool.submit(square, x) for x in (1, 2)]
            return [future.result() for future in as_completed(futures)]
        """,
        {"[1, 4]", "[4, 1]"},
    ),
    "the first that is done": (
        """
        with ProcessPoolExecutor(2) as pool:
            futures = [pool.submit(square, x) for x in (1, 2)]
            done, left = wait(futures, return_when=FIRST_COMPLETED)
            return sorted(future.result() for future in done)
        """,
        {"[1]", "[4]", "[1, 4]"},
    ),
    "globals of their own": (
        """
        with ProcessPoolExecutor(2) as pool:
            return sorted(pool.map(bump, [1, 2])) + [count]
        """,
        {"[1, 1, 0]", "[1, 2, 0]"},
    ),
    "a lost update": (
        """
        shared = mp.RawValue("i", 0)
        with ProcessPoolExecutor(2, initializer=take, initargs=(shared,)) as pool:
            list(pool.map(lose, [1, 2]))
        return shared.value
        """,
        {"1", "2"},
    ),
    "an exception": (
        """
        with ProcessPoolExecutor(2) as pool:
            futures = [pool.submit(fail, x) for x in (1, 2)]
            return [type(future.exception().__cause__).__name__ for future in futures]
        """,
        {'["_RemoteTraceback", "_RemoteTraceback"]'},
    ),
    "a lock": (
        """
        with ProcessPoolExecutor(1) as pool:
            return str(pool.submit(square, mp.Lock()).exception())[:19]
        """,
        {'"Lock objects should"'},
    ),
    "a task that waits for the next one": (
        """
        event = mp.Manager().Event()
        with ProcessPoolExecutor(1) as pool:
            first, second = pool.submit(block, event), pool.submit(event.set)
            first.result()
        """,
        {"deadlock"},
    ),
    "a worker that is killed": (
        """
        with ProcessPoolExecutor(1) as pool:
            future = pool.submit(square, 2)
            mp.active_children()[0].kill()
            return type(future.exception()).__name__
        """,
        {'"BrokenProcessPool"', '"NoneType"'},
    ),
    "submitted after a worker was killed": (
        """
        pool = ProcessPoolExecutor(1)
        pool.submit(square, 2).result()
        mp.active_children()[0].kill()
        try: future = pool.submit(square, 3)
        except Exception as error: return type(error).__name__
        return [type(future.exception()).__name__]
        """,
        {'"BrokenProcessPool"', '["BrokenProcessPool"]'},
    ),
    "cancelled": (
        """
        with ProcessPoolExecutor(1) as pool:
            future = pool.submit(square, 2)
            cancelled = future.cancel()
            return [cancelled, future.cancelled(), wait([future]).done == {future}]
        """,
        {"[true, true, true]", "[false, false, true]"},
    ),
    "asked until it runs": (
        """
        with ProcessPoolExecutor(1) as pool:
            future = pool.submit(square, 2)
            while not (future.running() or future.done()): pass
            return future.cancel()
        """,
        {"false"},
    ),
    "all cancelled": (
        """
        pool = ProcessPoolExecutor(1)
        futures = [pool.submit(square, x) for x in range(4)]
        pool.shutdown(cancel_futures=True)
        return [future.cancelled() for future in futures]
        """,
        {
            "[true, true, true, true]", "[false, true, true, true]", "[false, false, true, true]",
            "[false, false, false, true]", "[false, false, false, false]",
        },
    ),
    "callbacks": (
        """
        told = []
        def tell(future): told.append([future.result(), threading.current_thread().name])
        with ProcessPoolExecutor(1) as pool:
            future = pool.submit(square, 2)
            future.add_done_callback(tell)
            future.result()
            early = len(told)
        return [early, told[0][0], told[0][1] == "MainThread"]
        """,
        {"[0, 4, false]", "[1, 4, false]", "[1, 4, true]"},
    ),
    "a callback that waits for another result": (
        """
        event = threading.Event()
        def wait_for(future): event.wait()
        with ProcessPoolExecutor(2) as pool:
            first = pool.submit(square, 2)
            first.add_done_callback(wait_for)
            pool.submit(square, 3).result()
            event.set()
        """,
        {"null", "deadlock"},
    ),
    "nobody shuts it down": (
        "return ProcessPoolExecutor(2).submit(point, 2).result().x", {"2"},
    ),
    "results of a class": (
        """
        with ProcessPoolExecutor(2) as pool:
            return [each.x for each in pool.map(point, [1, 2])]
        """,
        {"[1, 2]"},
    ),
    "from two threads": (
        """
        pool = ProcessPoolExecutor(1)
        found = []
        def ask(x): found.append(pool.submit(square, x).result())
        threads = [threading.Thread(target=ask, args=(x,)) for x in (1, 2)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        pool.shutdown()
        return found
        """,
        {"[1, 4]", "[4, 1]"},
    ),
    "shut down while another submits": (
        """
        pool = ProcessPoolExecutor(1)
        found = []
        def ask():
            try: found.append(pool.submit(square, 2).result())
            except RuntimeError: found.append(None)
        thread = threading.Thread(target=ask)
        thread.start()
        pool.shutdown()
        thread.join()
        return found
        """,
        {"[4]", "[null]"},
    ),
}  # fmt: skip


def _text(name: str) -> str:
    body = textwrap.dedent(PROGRAMS[name][0]).strip()
    return HEAD + textwrap.indent(body, "    ") + "\n"


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_its_schedules_can_do(name: str) -> None:
    """All of it, and nothing else."""
    found = every_outcome(_text(name))
    assert PROGRAMS[name][1] == found.outcomes
    assert found.exhausted


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_agrees_with_searches_without_reduction(name: str) -> None:
    """Neither few preemptions nor dice find another outcome."""
    few_preemptions = every_outcome(_text(name), strategy=Bounded(2), schedules=FEW)
    at_random = every_outcome(_text(name), strategy=Dice(FEW))
    assert few_preemptions.outcomes | at_random.outcomes <= PROGRAMS[name][1]


def test_a_worker_that_leaves_at_once_breaks_the_pool() -> None:
    """`os._exit` runs nothing else of its process; files that may import `os` can be explored."""
    text = """
import os
from concurrent.futures import ProcessPoolExecutor
def main():
    with ProcessPoolExecutor(2) as pool:
        pids = set(pool.map(pid, [1, 2]))
        return [type(pool.submit(os._exit, 3).exception()).__name__, os.getpid() in pids]
def pid(x):
    return os.getpid()
"""
    assert [["BrokenProcessPool", False]] == outcomes(text)


def test_what_would_end_the_grader_is_refused() -> None:
    """A number of a process here may be one of the machine's."""
    with pytest.raises(NotModelled, match=r"os\.kill"):
        outcomes("import os\ndef main():\n    os.kill(os.getpid(), 9)")


def test_a_limit_of_calls_for_each_worker_is_not_modelled() -> None:
    """It cannot be graded, which is no failure of the program."""
    with pytest.raises(NotModelled, match="max_tasks_per_child"):
        every_outcome(HEAD + "    ProcessPoolExecutor(1, max_tasks_per_child=1)")
