"""A Chromium for the tests of pages and diagrams, cut off from every network."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

ROOT: Final = Path(__file__).parents[2]
DIAGRAMS: Final = ROOT / "build" / "mermaid" / "node_modules"  # `make slow` fills it
_FLAGS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_PLACES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def missing(what: str) -> NoReturn:
    """Skips the test; where changes are merged (CI=true) nothing may be skipped silently."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def _executable() -> str:
    for place in (os.environ.get("RACECOURSE_CHROMIUM", ""), *_PLACES):
        if place and (found := shutil.which(place)):
            return found
    missing("no Chromium is installed: `sh .ci/install-debian.sh` does so on Debian")


@contextlib.contextmanager
def browsing() -> Iterator[Any]:
    """A running browser with a fresh profile. Skips the test where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed: `make setup` does so")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=_executable(), args=list(_FLAGS), headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page, and what it should never do: each request, dialog and error is kept."""

    def __init__(self, browser: Any, **context: Any) -> None:
        """`context`: the viewport, the colour scheme, ..., as Playwright calls them."""
        self.context = browser.new_context(offline=True, **context)
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.noticed: list[str] = []
        self.page.on("request", lambda request: self._notice("request", request.url))
        self.page.on("dialog", self._dismiss)
        self.page.on("pageerror", lambda error: self._notice("error", str(error)))
        self.page.on("console", lambda message: self._notice(message.type, message.text))

    def _notice(self, what: str, text: str) -> None:
        if not text.startswith(("file:", "about:blank")):
            self.noticed.append(f"{what}: {text}")

    def _dismiss(self, dialog: Any) -> None:
        self._notice("dialog", dialog.message)
        dialog.dismiss()

    def open(self, path: Path) -> Any:
        """The page, showing this file."""
        self.page.goto(path.as_uri())
        return self.page

    def close(self) -> None:
        """Closes the page."""
        self.context.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    with browsing() as found:
        yield found
