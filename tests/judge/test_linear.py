"""Histories of overlapping calls: which ones some order of the calls explains."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

import pytest

from grader import scenario
from grader.explorer import Budget, Program, explore
from grader.judge.linear import Answer, Blocked, NotAHistory, history_of, in_words, linearize
from grader.source.load import from_text


class Queue:
    """A queue whose `get` waits."""

    def __init__(self) -> None:
        self.items: deque[int] = deque()

    def put(self, item: int) -> None:
        """At the end."""
        self.items.append(item)

    def get(self) -> int:
        """The first one."""
        if not self.items:
            raise Blocked
        return self.items.popleft()

    def get_nowait(self) -> int:
        """The first one, or an IndexError."""
        return self.items.popleft()


def answer(*threads: list[list[Any]]) -> Answer:
    """What is said of a history, given as a scenario returns it."""
    return linearize(history_of(list(threads)), Queue)  # type: ignore[arg-type]  # JSON lists


PUT = ["put", [1], None, [0, 0]]


def test_an_order_that_explains_it_is_found() -> None:
    """A call that began before the other returned can come after it."""
    found = answer([PUT], [["get", [], 1, [0, 0]]])
    assert found.order is not None
    assert ["put", "get"] == [call.name for call in found.order]


def test_a_call_comes_after_all_that_had_returned() -> None:
    """An empty queue cannot be seen once a put has returned; while one is under way, it can."""
    empty = {"raised": "IndexError"}
    assert answer([PUT], [["get_nowait", [], empty, [0, 0]]]).order is not None
    assert answer([PUT], [["get_nowait", [], empty, [1, 0]]]).order is None


def test_calls_of_one_thread_keep_their_order() -> None:
    """The second put of a thread does not overtake its first."""
    puts = [PUT, ["put", [2], None, [1, 0]]]
    assert answer(puts, [["get", [], 1, [2, 0]], ["get", [], 2, [2, 1]]]).order is not None
    assert answer(puts, [["get", [], 2, [2, 0]], ["get", [], 1, [2, 1]]]).order is None


def test_a_call_that_has_to_wait_waits() -> None:
    """A `get` comes after the `put` that it waits for, even if it began first."""
    assert answer([["put", [1], None, [0, 0]]], [["get", [], 1, [0, 0]]]).order is not None
    assert answer([], [["get", [], 1, [0, 0]]]).order is None


def test_what_cannot_be_explained_is_told() -> None:
    """The calls, how far an order comes, and what the model says next."""
    history = history_of([[PUT], [["get", [], 1, [0, 0]], ["get", [], 1, [0, 1]]]])  # type: ignore[list-item]  # JSON lists
    text = in_words(history, linearize(history, Queue))
    assert "thread 1: put(1) → None; thread 2: get() → 1, get() → 1" in text
    assert "First put(1) → None, get() → 1: then get() has to wait." in text


@pytest.mark.parametrize(
    "value", [None, 1, [1], [[1]], [[["get", []]]], [[["get", [], 1, [0, 0]]]]]
)
def test_another_shape_is_no_history(value: Any) -> None:
    """A scenario that returns something else is told so."""
    with pytest.raises(NotAHistory):
        history_of(value)


PAIR = """
import threading
class Pair:
    def __init__(self):
        self.items = []
        self.lock = threading.Lock()
    def put(self, item):
        with self.lock:
            self.items.append(item)
    def get_nowait(self):
        if not self.items:
            raise IndexError
        {lock}
            return self.items.pop(0)
    def both(self):
        {lock}
            first = list(self.items)
        with self.lock:
            second = list(self.items)
        return [first, second]
"""


def histories(text: str, *plans: Sequence[Sequence[Any]]) -> list[Any]:
    """The histories of all schedules; exhaustively."""
    source = from_text(text, name="pair", filename="pair.py", allowed=frozenset({"threading"}))
    program = Program(
        {"pair": source}, "pair", lambda module: scenario.history(module.Pair(), *plans)
    )
    found = explore(program, Budget(5_000))
    assert found.exhausted
    assert ["finished"] == sorted({outcome.ending.value for outcome in found.outcomes})
    return [outcome.value for outcome in found.outcomes]


def test_histories_of_a_right_queue_are_explained() -> None:
    """On every schedule."""
    right = PAIR.format(lock="with self.lock:")
    plans: list[list[list[Any]]] = [[["put", 1], ["put", 2]], [["get_nowait"], ["get_nowait"]]]
    made = histories(right, *plans)
    assert len(made) > 3
    assert all(linearize(history_of(each), Queue).order for each in made)


def test_a_check_and_an_act_apart_show() -> None:
    """Two takers of one item: the late one gets what no queue gives."""
    source = PAIR.format(lock="with self.lock:").replace("pop(0)", "pop(0) if self.items else None")
    plans: list[list[list[Any]]] = [[["put", 1], ["get_nowait"]], [["get_nowait"]]]
    made = histories(source, *plans)
    assert not all(linearize(history_of(each), Queue).order for each in made)


def test_what_had_returned_before_is_seen_by_the_explorer() -> None:
    """A value kept back (a write that comes after the return) is found: real time counts."""
    source = """
class Pair:
    def __init__(self):
        self.value = 0
        self.later = []
    def put(self, value):
        for old in self.later:
            self.value = old
        self.later = [value]
    def get(self):
        return self.value
"""

    class Register:
        def __init__(self) -> None:
            self.value = 0

        def put(self, value: int) -> None:
            self.value = value

        def get(self) -> int:
            return self.value

    made = histories(source, [["put", 1]], [["get"]])
    answers = [linearize(history_of(each), Register).order is not None for each in made]
    assert {False, True} == set(answers)
