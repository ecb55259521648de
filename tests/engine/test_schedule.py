"""A schedule prints, parses and compares."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine.schedule import MANNERS, Manner, Schedule, ScheduleError


@settings(deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 60), max_size=30), st.sampled_from(MANNERS))
def test_what_is_printed_parses_to_the_same_schedule(choices: list[int], manner: Manner) -> None:
    """Printing and parsing are inverse to each other."""
    schedule = Schedule.of("05.2", choices, manner)
    assert schedule == Schedule.parse(str(schedule))


def test_default_choices_at_the_end_do_not_count() -> None:
    """Two runs that go on with the defaults are one schedule."""
    assert Schedule.of("x", [0, 1]) == Schedule.of("x", [0, 1, 0, 0])


def test_the_text_is_short() -> None:
    """Only choices that are not the default are written down."""
    assert "05:3ab" == str(Schedule.of("05", [0, 0, 0, 1, 2, 0]))
    assert "x:0" == str(Schedule.of("x", []))
    assert "x:!za" == str(Schedule.of("x", [26], Manner(impatient=True)))
    assert "x:-0" == str(Schedule.of("x", [], Manner(luck=1)))
    assert "x:+a" == str(Schedule.of("x", [1], Manner(luck=2)))


@pytest.mark.parametrize("text", ["", "05", "05:", "05:3", "05:A", "05:3a-", ":", "x:99999999a"])
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    """The message says what a schedule looks like."""
    with pytest.raises(ScheduleError, match="is not a schedule"):
        Schedule.parse(text)
