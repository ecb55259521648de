"""The picture of a run: plain data from which text, diagrams and the page are drawn."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from grader.explain import depict
from grader.explain.picture import SHORT, Picture, Step, received, short
from grader.explain.report import parts, tell
from tests.explain.failing import Failure, Find, find_failure
from tests.explain.kept import STORIES, check
from tests.explain.programs import PROGRAMS

NAMES = ("counter_of_threads", "opposite_transfers", "late_wait", "pop_of_nothing", "made_twice")


def failing(name: str) -> tuple[Failure, Picture]:
    """A program's failure, and its picture."""
    told = PROGRAMS[name]()
    found = find_failure(told.source, told.scenario, told.allowed, steps=1_000)
    return found, found.picture(told.hint, **told.more)


@pytest.mark.parametrize("name", STORIES)
def test_picture_is_as_in_its_golden_file(name: str) -> None:
    """All that the page shows, the same on every version of Python."""
    _, picture = failing(name)
    check(
        f"{name}.json", msgspec.json.format(msgspec.json.encode(picture), indent=1).decode() + "\n"
    )


@pytest.mark.parametrize("name", NAMES)
def test_picture_survives_the_wire(name: str) -> None:
    """Written as JSON and read again it is the same, and `received` changes nothing in it."""
    _, picture = failing(name)
    again = msgspec.json.decode(msgspec.json.encode(picture), type=Picture)
    assert picture == again == received(again)


@pytest.mark.parametrize("name", NAMES)
def test_text_of_the_whole_picture_is_that_of_the_story(name: str) -> None:
    """What is drawn does not depend on whether the other steps are there."""
    found, picture = failing(name)
    told = PROGRAMS[name]()
    assert found.text(told.hint, 80, **told.more) == tell(picture, 80)
    joined = [line for part in parts(picture, 80) for line in part]
    assert tell(picture, 80) == "\n".join(joined) + "\n"


def test_every_step_is_in_the_picture() -> None:
    """In the order of the run, those of the check as well; `rows` says which are the story."""
    found, picture = failing("counter_of_threads")
    assert [step.index for step in found.trace.steps] == [step.at for step in picture.steps]
    told = [picture.step(at) for row in picture.rows for at in row.steps]
    assert ["23", "23", "23", "24", "23"] == [str(step.line) for step in told]
    assert ["✗"] == [step.mark for step in picture.steps if step.mark == "✗"]
    assert "self._value += by" == told[0].text
    assert "0" == told[0].value
    assert "counter.py" == picture.sources[told[0].file].name
    assert "        self._value += by" == picture.sources[0].lines[22]


def test_exception_stands_after_the_last_step_before_it() -> None:
    """It is no step of the trace, and has a number of its own."""
    _, picture = failing("pop_of_nothing")
    raised = [step for step in picture.steps if step.kind == "raise"]
    assert 1 == len(raised)
    at = picture.steps.index(raised[0])
    assert picture.steps[at - 1].task == raised[0].task
    assert [at] == next(row.steps for row in picture.rows if row.steps and row.steps[0] == at)


def test_operations_that_never_came_to_run_are_the_last_moment() -> None:
    """Their numbers follow those of the steps."""
    _, picture = failing("opposite_transfers")
    last = [picture.step(at) for at in picture.rows[-1].steps]
    assert ["waits for bob.lock", "waits for alice.lock"] == [step.did for step in last]
    assert len(picture.steps) <= min(picture.rows[-1].steps)


def test_long_runs_lose_their_middle_but_not_the_story(
    failure: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of steps that are not there stands at the next one that is."""
    monkeypatch.setattr(depict, "MOST_STEPS", 30)
    found = failure(
        """
        class Sum:
            def __init__(self):
                self.value = 0
                self.noise = []
            def add(self):
                old = self.value
                for _ in range(40):
                    self.noise.append(1)
                self.value = old + 1
        """,
        _adds, lambda value: value == 2,
    )  # fmt: skip
    picture = found.picture()
    assert len(picture.steps) < 40 < len(found.trace.steps)
    left = len(picture.steps) + sum(step.skipped for step in picture.steps)
    assert len(found.trace.steps) == left
    told = [picture.step(at) for row in picture.rows for at in row.steps]
    assert "✗" in [step.mark for step in told]
    assert all(history.at < len(picture.steps) for place in picture.places
               for history in place.history)  # fmt: skip


def _adds(module: Any) -> Any:
    from grader.scenario import call, in_threads

    total = module.Sum()
    in_threads(*[call(total.add)] * 2)
    return total.value


def test_texts_are_short_and_visible() -> None:
    """Whatever a name or value holds."""
    assert SHORT == len(short("x" * 10_000))
    assert short("x" * 10_000).endswith("…")
    assert "a\\x1b[2J\\u202eb" == short("a\x1b[2J\u202eb")


@pytest.mark.parametrize(
    "change",
    [
        {"cycle": [77]},
        {"stuck": [Step(1, 99, "acquire", "waits")]},
        {"why": "\u202e" * 2_000},
        {"sources": []},
    ],
)
def test_picture_that_is_none_is_refused(change: dict[str, Any]) -> None:
    """A runner that was taken over may send what it likes."""
    _, picture = failing("counter_of_threads")
    with pytest.raises(ValueError, match="The picture of the run"):
        received(msgspec.structs.replace(picture, **change))


def test_rows_and_locks_name_only_what_is_there() -> None:
    """A row of a step that does not exist, a lock held by nobody that is known."""
    _, picture = failing("opposite_transfers")
    picture.rows[0].steps = [10_000]
    with pytest.raises(ValueError, match="names something that is not in it"):
        received(picture)
    _, picture = failing("opposite_transfers")
    picture.locks[0].history[0].holders = [42]
    with pytest.raises(ValueError, match="names something that is not in it"):
        received(picture)


def test_what_was_received_is_made_visible_again() -> None:
    """Hostile characters of a runner that does not clean its texts."""
    _, picture = failing("counter_of_threads")
    picture.steps[3].did = "reads \x1b[2J\u202e"
    assert "reads \\x1b[2J\\u202e" == received(picture).steps[3].did


def test_too_long_a_text_does_not_even_decode() -> None:
    """Bounds are part of the types that cross the wire."""
    _, picture = failing("counter_of_threads")
    picture.steps[3].did = "x" * (SHORT + 1)
    with pytest.raises(msgspec.ValidationError, match="length"):
        msgspec.json.decode(msgspec.json.encode(picture), type=Picture)
