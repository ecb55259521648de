"""What scenarios are written with."""

from __future__ import annotations

from typing import Any

import pytest

from grader.explorer import Budget, Program, explore
from grader.explorer.observation import Raised
from grader.scenario import call, in_threads, permitting
from grader.source.load import from_text

LOCK = """
import threading

lock = threading.Lock()
"""


class Full(ValueError):
    """An exception of the contract's, which happens to be a ValueError."""


class Stop(BaseException):
    """One that `except Exception` does not catch."""


def fail(error: BaseException) -> None:
    """Raises it."""
    raise error


def test_a_permitted_exception_goes_by_its_name() -> None:
    """What its class derives from is not laid down, so it makes no difference."""
    assert Raised("Full") == permitting({"Full": Full}, fail, Full())
    assert Raised("Full") == permitting({"Full": Stop}, fail, Stop())


def test_a_result_is_returned() -> None:
    """A call that raises nothing gives what it gives."""
    assert 3 == permitting({"Full": Full}, len, "abc")


def test_another_exception_is_let_through() -> None:
    """Also one from which the permitted one derives, and where the name means no class at all."""
    with pytest.raises(ValueError, match=r"^no$"):
        permitting({"Full": Full}, fail, ValueError("no"))
    with pytest.raises(Full):
        permitting({"Full": lambda: Full}, fail, Full())


def test_the_end_of_a_run_is_permitted_by_nobody() -> None:
    """A call that waits for ever is a deadlock, whatever may be raised."""
    source = from_text(LOCK, name="one", filename="one.py", allowed=frozenset({"threading"}))

    def stuck(module: Any) -> None:
        module.lock.acquire()
        in_threads(call(permitting, {"Full": BaseException}, module.lock.acquire))

    found = explore(Program({"one": source}, "one", stuck), Budget(10))
    assert ["deadlock"] == [outcome.ending.value for outcome in found.outcomes]
