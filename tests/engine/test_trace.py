"""What a recorder writes down of a run."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import pytest

from grader.engine.execution import Execution
from grader.engine.operation import READ, WRITE
from grader.engine.trace import Recorder, Trace, show


class Thing:
    """Something that tasks share."""


def record(main: Any) -> Trace:
    """The trace of a run of `main`, with this very file as the student's."""
    with open(__file__, encoding="utf-8") as file:  # noqa: PTH123 - as the loader: text and lines
        recorder = Recorder({__file__: file.read().splitlines()})
    Execution((), None, None, recorder).run(main)
    return recorder.trace


def test_steps_have_lines_text_and_values() -> None:
    """What was read and written, where, in which words of the source."""
    thing = Thing()

    def main(execution: Execution) -> None:
        recorder = execution.recorder
        assert recorder is not None
        execution.perform("read", thing, "n", READ)  # here
        recorder.note(3)
        execution.perform("write", thing, ("item", "k"), WRITE)
        recorder.note("x" * 100)

    first, second, *_ = record(main).steps
    assert first.text.endswith("# here")
    assert (first.place, first.value, first.access) == ("thing.n", "3", "read")
    assert second.line == first.line + 2
    assert second.place == "thing['k']"
    assert second.value is not None
    assert len(second.value) == 60


def test_steps_of_one_call_have_its_number() -> None:
    """Two calls of one function are two, however alike they are."""

    def work(execution: Execution) -> None:
        execution.perform("read", None, None, READ)
        execution.perform("read", None, None, READ)

    def main(execution: Execution) -> None:
        work(execution)
        work(execution)

    calls = [step.calls for step in record(main).steps if step.kind == "read"]
    assert calls[0] == calls[1] != calls[2] == calls[3]
    assert calls[0][0] == calls[2][0]


def test_operations_that_never_came_to_run_are_kept() -> None:
    """For each task that waits for ever: its line, and what it waits for."""

    def main(execution: Execution) -> None:
        execution.perform("acquire", thing, None, WRITE, ready=lambda: False)

    thing = Thing()
    trace = record(main)
    assert [step.kind for step in trace.blocked] == ["acquire"]
    assert trace.blocked[0].line
    assert trace.blocked[0].index == len(trace.steps)


Point = namedtuple("Point", "x y")  # noqa: PYI024 - as students write it
SHOWN = {
    "3": 3,
    "'a'": "a",
    "[1, 'b']": [1, "b"],
    "{'a': 1}": {"a": 1},
    "{1, 2}": {2, 1},
    "Point(1, 2)": Point(1, 2),
    "<list>": [object()],
    "<Thing>": Thing(),
    "<int>": int,
}


@pytest.mark.parametrize("text", SHOWN)
def test_values_are_shown_without_the_students_code(text: str) -> None:
    """Plain values as they are, others by their class."""
    assert text == Recorder({}).show(SHOWN[text])


def test_large_values_are_cut() -> None:
    """A number of a thousand digits is no use to anybody."""
    assert show(10**1000) == "<a very large int>"
    assert len(show("x" * 1000)) == 60
