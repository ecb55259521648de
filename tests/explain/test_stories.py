"""What is said about each kind of failure, in English and Korean."""

from __future__ import annotations

import re

import pytest

from grader.explain import stories, stories_ko
from grader.explain.plain import clean, width_of
from grader.judge.kinds import KINDS

# What no trace shows: the judge or the loader finds it, and has words of its own for it.
WITHOUT_TRACE = {
    "timeout", "memory", "output", "forbidden", "import-error", "missing-name", "nondeterministic",
    "not-modelled", "internal",
}  # fmt: skip


def test_every_kind_that_a_trace_shows_has_a_story() -> None:
    """No more and no fewer than the closed list."""
    assert KINDS - WITHOUT_TRACE == stories.STORIES.keys()


def test_korean_stories_have_the_same_keys() -> None:
    """In the same order, too."""
    assert list(stories.STORIES) == list(stories_ko.STORIES)


@pytest.mark.parametrize("kind", stories.STORIES)
def test_stories_are_short_and_in_their_language(kind: str) -> None:
    """One to three sentences, a title, something to read that fits on a line."""
    for language in ("en", "ko"):
        told = stories.story(kind, language)
        assert told.title
        assert 1 <= len(re.findall(r"[.:?](\s|$)", told.why)) <= 4
        assert width_of(told.why) <= 320
        assert clean(told.why + told.title + told.read_more) == (
            told.why + told.title + told.read_more
        )
        assert all(width_of(word) <= 71 for word in told.read_more.split())
    assert re.search("[가-힣]", stories.story(kind, "ko").why)
    assert not re.search("[가-힣]", stories.story(kind).why)


@pytest.mark.parametrize("kind", stories.STORIES)
def test_stories_do_not_give_the_solution_away(kind: str) -> None:
    """No code, and no order to use some tool."""
    for language in ("en", "ko"):
        told = stories.story(kind, language)
        assert not re.search(r"\(\)|use a |add a |`|with self", told.why + told.title)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_only_what_is_always_wrong_is_said_to_need_no_clumsy_moment(language: str) -> None:
    """In the other text the schedule may matter; both have the same title."""
    some = stories.story("wrong-result", language)
    always = stories.story("wrong-result", language, always=True)
    words = {"en": "clumsy", "ko": "끼어들지"}[language]
    assert words in always.why
    assert words not in some.why
    assert some.title == always.title
    assert width_of(always.why) <= 320


def test_what_is_said_of_every_schedule_is_there_in_both_languages() -> None:
    """For the same kinds."""
    assert stories.WHATEVER_SCHEDULE.keys() == stories_ko.WHATEVER_SCHEDULE.keys()


def test_unknown_kinds_have_at_least_a_name() -> None:
    """A kind that is added later does not make the explanation fail."""
    assert stories.story("brand-new").title == "brand new"
