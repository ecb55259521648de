"""The screenshots of docs/stories.md: all there, all shown, none too large."""

from __future__ import annotations

import re

from tests.explain.pictures import FOLDER, MOST_BYTES, ROOT, SHOTS


def test_document_shows_every_screenshot() -> None:
    """Those that `make pictures` takes, and no others."""
    text = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]{20,}\]\(stories/(\S+)\.png\)", text)
    assert [shot.name for shot in SHOTS] == shown
    assert sorted(shown) == sorted(path.stem for path in FOLDER.iterdir())


def test_screenshots_are_small() -> None:
    """Nobody waits for them."""
    assert [] == [path.name for path in FOLDER.iterdir() if path.stat().st_size > MOST_BYTES]


def test_screenshots_are_of_different_programs() -> None:
    """Wide and narrow, light and dark."""
    assert 10 == len({shot.program for shot in SHOTS})
    assert {"light", "dark"} == {shot.theme for shot in SHOTS}
    assert min(shot.width for shot in SHOTS) < 500
    assert max(shot.width for shot in SHOTS) > 1200
