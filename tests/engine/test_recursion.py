"""Recursion to Python's limit ends a run, the same way however deep it came."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from grader.explorer import STRATEGIES, Budget, Program, explore, replay, simplest
from grader.source.load import from_text

RECURSES = """
import threading
from concurrent.futures import ThreadPoolExecutor

class Box:
    def __init__(self):
        self.calls = 0
        self.ends = []
    def deep(self, level):
        self.calls += 1
        DEEPER
        return level

def run():
    box = Box()
    WORK
    return box.calls, box.ends
"""
CALLS = {
    "nothing": "self.deep(level + 1)",
    "handler": "try: self.deep(level + 1)\n        except RecursionError: self.ends.append(level)",
    "bare": "try: self.deep(level + 1)\n        except: self.ends.append(level)",
    "finally": "try: self.deep(level + 1)\n        finally: return self.ends.append(level)",
    "lock": "with threading.RLock(): self.deep(level + 1)",
}
WORK = {
    "main": "box.deep(0)",
    "caught in main": "try: box.deep(0)\n    except RecursionError: box.ends.append('caught')",
    "two threads": (
        "two = [threading.Thread(target=box.deep, args=[0]) for _ in range(2)]\n"
        "    for each in two: each.start()\n    for each in two: each.join()"
    ),
    "pool": (
        "with ThreadPoolExecutor(1) as pool:\n"
        "        box.ends.append(type(pool.submit(box.deep, 0).exception()).__name__)"
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _low_limit() -> Iterator[None]:
    """As it is in the process that runs students' code, and with less to do."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    yield
    sys.setrecursionlimit(before)


def _program(calls: str, work: str) -> Program:
    text = RECURSES.replace("DEEPER", CALLS[calls]).replace("WORK", WORK[work])
    source = from_text(text, name="m", filename="m.py", allowed=None)
    return Program({"m": source}, "m", lambda module: module.run())


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("calls", CALLS)
def test_it_is_one_exception_wherever_it_is_caught(calls: str, work: str) -> None:
    """With every search, when it is replayed, and when its steps are written down."""
    program = _program(calls, work)
    for strategy in STRATEGIES:
        found = explore(program, Budget(10), strategy=strategy)
        assert not found.exhausted
        (outcome,) = found.outcomes
        assert outcome.ending.value == "exception"
        assert all(
            text.endswith(": RecursionError: maximum recursion depth exceeded")
            for text in outcome.errors
        ), outcome.errors
        assert simplest(program, outcome, Budget(10), "x").key == outcome.key
        run, trace = replay(program, outcome.schedule)
        assert run.recursed
        assert [line for _, line in trace.errors.values()] == [11]


def test_students_may_raise_it_themselves() -> None:
    """A RecursionError is a RuntimeError, and a good answer to a call that leads back to itself."""
    text = """
def run():
    try:
        raise RecursionError("func asked for its own result")
    except RuntimeError as error:
        return str(error)
"""
    source = from_text(text, name="m", filename="m.py", allowed=None)
    found = explore(Program({"m": source}, "m", lambda module: module.run()))
    assert [outcome.value for outcome in found.outcomes] == ["func asked for its own result"]
    assert found.exhausted


@pytest.mark.parametrize("limit", [250, 300])
@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("calls", ["handler", "lock"])
def test_what_is_shown_of_it_hangs_on_no_depth(calls: str, work: str, limit: int) -> None:
    """The first round, in a schedule found anywhere: results are to be the same on every Python."""
    program = _program(calls, work)
    shown = []
    for depth in (limit, 400):
        sys.setrecursionlimit(depth)
        (outcome,) = explore(program, Budget(10)).outcomes
        _, trace = replay(program, outcome.schedule)
        assert [step.index for step in trace.blocked] == list(
            range(len(trace.steps), len(trace.steps) + len(trace.blocked))
        )
        shown.append([(step.task, step.line, step.kind, step.value) for step in trace.steps])
    assert shown[0] == shown[1]
    assert 0 < len(shown[0]) < 60
