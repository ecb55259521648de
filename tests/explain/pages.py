"""Pages in a browser, and what they show: for the tests of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.explain.page import page
from grader.explain.picture import Picture
from tests.explain.browser import Watched

Open = Callable[..., Any]


@pytest.fixture
def watching(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """`watching(picture, ...)`: its page, in a browser that allows nothing to go wrong."""
    watched: list[Watched] = []

    def open_page(picture: Picture, **context: Any) -> Any:
        file = tmp_path / "page.html"
        file.write_text(page(picture), encoding="utf-8")
        watched.append(Watched(browser, **{"viewport": {"width": 1280, "height": 900}, **context}))
        return watched[-1].open(file)

    yield open_page
    for each in watched:
        each.close()
        assert [] == each.noticed


def now(shown: Any) -> str:
    """The sentence of the current step."""
    return " ".join(shown.inner_text("#now").split())


def values(shown: Any) -> list[str]:
    """What stands beside the shared variables."""
    return [" ".join(row.inner_text().split()) for row in shown.query_selector_all("#values tr")]


def wait_for(shown: Any, selector: str, count: int) -> None:
    """Waits until the page has so many elements. A function that the page polls would not do: its
    policy forbids text that is evaluated.
    """
    from playwright.sync_api import expect

    expect(shown.locator(selector)).to_have_count(count)


def current(shown: Any) -> str:
    """The moment of the row that is current."""
    (row,) = shown.query_selector_all("[aria-current=step]")
    moment: str = row.get_attribute("data-moment")
    return moment
