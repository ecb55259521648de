"""What scenarios are written with, under control and on plain CPython."""

from __future__ import annotations

from typing import Any

from grader.explorer import Budget, Program, explore
from grader.scenario import Journal, call, in_threads, threading_here
from grader.source.load import from_text

_NAMED = "import threading\ndef name(): return threading.current_thread().name"


def _explored(scenario: Any, text: str = "") -> list[Any]:
    source = from_text(text, name="student", filename="student.py", allowed=None)
    found = explore(Program({"student": source}, "student", scenario), Budget(500))
    assert found.exhausted
    return sorted(outcome.value for outcome in found.outcomes)


def _meeting(_: Any) -> Any:
    journal = Journal()

    def work() -> int:
        journal.write("in")
        return len(journal.lines())

    return in_threads(work, work)


def test_a_journal_shows_who_overlaps() -> None:
    """Two functions that nothing keeps apart may run one after the other, or side by side."""
    assert [[1, 2], [2, 1], [2, 2]] == _explored(_meeting)


def test_a_journal_works_on_plain_cpython() -> None:
    """Outside of a controlled run it is a list that two threads may add to."""
    assert _meeting(None) in ([1, 2], [2, 1], [2, 2])


def _names(module: Any) -> Any:
    return in_threads(module.name, module.name, name="worker")


def test_threads_of_one_name() -> None:
    """`name` is what the student's code sees, in all of the threads."""
    assert [["worker", "worker"]] == _explored(_names, _NAMED)


def _threads(_: Any) -> Any:
    here = threading_here().get_ident()
    return [
        there == here
        for there in [threading_here().get_ident(), *in_threads(call(threading_here().get_ident))]
    ]


def test_a_thread_can_be_told_from_another() -> None:
    """The ident is the same for the same thread, under control and on plain CPython."""
    assert [[True, False]] == _explored(_threads)
    assert [True, False] == _threads(None)
