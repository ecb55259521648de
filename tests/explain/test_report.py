"""Whole stories, as golden files: the same bytes on every version of Python."""

from __future__ import annotations

import functools

import pytest

from grader.explain.plain import width_of
from tests.explain.failing import Failure, find_failure
from tests.explain.kept import check
from tests.explain.programs import PROGRAMS, Told

WIDE = ("counter_of_threads", "counter_of_processes", "opposite_transfers", "three_forks")


@functools.cache
def tell(name: str) -> tuple[Told, Failure]:
    """A program and its simplest failing schedule."""
    told = PROGRAMS[name]()
    return told, play(told)


def play(told: Told) -> Failure:
    """The program's simplest failing schedule."""
    return find_failure(told.source, told.scenario, told.allowed, steps=1_000)


@pytest.mark.parametrize("name", PROGRAMS)
def test_story_is_as_in_its_golden_file(name: str) -> None:
    """Every kind has a story of its own, readable at 80 columns."""
    told, found = tell(name)
    assert found.kind(told.hint) == told.kind
    text = found.text(told.hint, position=(1, 7), **told.more)
    assert max(map(width_of, text.splitlines())) <= 80
    check(f"{name}.txt", text)


@pytest.mark.parametrize("name", WIDE)
def test_story_uses_the_room_of_a_wide_terminal(name: str) -> None:
    """At 160 columns each step is on one line."""
    told, found = tell(name)
    text = found.text(told.hint, 160, position=(1, 7), **told.more)
    assert max(map(width_of, text.splitlines())) <= 160
    check(f"{name}_wide.txt", text)


@pytest.mark.parametrize("width", [1, 40, 60, 79, 100, 120, 200])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    """At any width, down to 40 columns."""
    for name in ("counter_of_threads", "opposite_transfers", "three_forks", "korean"):
        told, found = tell(name)
        text = found.text(told.hint, width, **told.more)
        assert max(map(width_of, text.splitlines())) <= max(width, 40), name


def test_colour_is_added_only_where_asked_for() -> None:
    """Without it there is no escape character; with it the text is the same."""
    _, found = tell("counter_of_threads")
    plain, coloured = found.text(), found.text(colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31m" in coloured
    for code in ("1", "2", "33", "1;31", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert plain.split() == coloured.split()


def test_same_run_tells_the_same_story() -> None:
    """Nothing in a story depends on when or where it is told."""
    told = PROGRAMS["total_of_two_moments"]()
    assert len({play(told).text(told.hint, **told.more) for _ in range(3)}) == 1


def test_result_is_shown_beside_what_was_expected() -> None:
    """Text is shown as it is, other values as JSON."""
    _, found = tell("counter_of_threads")
    assert "   expected 2, got 1\n" in found.text(expected=2)
    assert "   expected the sum, got 1\n" in found.text(expected="the sum")
    assert '   got {"a": [1]}\n' in found.text(got={"a": [1]})
