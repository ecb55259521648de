"""What a reference model gives when several threads call it."""

from __future__ import annotations

from typing import Any

import pytest

from grader.judge.linear import Blocked
from grader.judge.models import outcomes


class Place:
    """Holds one number at a time; putting waits for the place, getting for a number."""

    def __init__(self) -> None:
        self.inside: list[int] = []

    def put(self, number: int) -> None:
        """Blocked while a number is inside."""
        if self.inside:
            raise Blocked
        self.inside.append(number)

    def get(self) -> int:
        """Blocked while none is."""
        if not self.inside:
            raise Blocked
        return self.inside.pop()

    def look(self) -> int:
        """The number; IndexError if there is none."""
        return self.inside[0]


def test_one_thread_gives_one_outcome() -> None:
    """Without other threads the calls happen in their order."""
    assert [[[None, 7, 7], []]] == outcomes(Place, [[["put", 7], ["look"], ["get"]]])


def test_calls_of_two_threads_happen_in_every_order() -> None:
    """Each order that the model allows gives its outcome, and the same one is given once."""
    found = outcomes(Place, [[["put", 1]], [["look"]]], [["get"]])
    assert [[[None], [1], [1]], [[None], [{"raised": "IndexError"}], [1]]] == found


def test_a_call_waits_until_another_has_come() -> None:
    """Where the model is blocked, the call comes later."""
    plans: list[list[list[Any]]] = [[["get"]], [["put", 1], ["put", 2]]]
    assert [[[1], [None, None], [2]]] == outcomes(Place, plans, [["get"]])


def test_calls_that_can_get_stuck_are_no_check() -> None:
    """If some order ends where nobody can go on, right programs would wait for ever."""
    with pytest.raises(ValueError, match=r"nobody can go on .* \(1, 0\)"):
        outcomes(Place, [[["put", 1]], [["put", 2]]])


def test_a_call_afterwards_has_nobody_to_wait_for() -> None:
    """When all threads have ended, a call that waits would wait for ever."""
    with pytest.raises(ValueError, match="call 1 of those after the others has to wait"):
        outcomes(Place, [[["put", 1]]], [["get"], ["get"]])
