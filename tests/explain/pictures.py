"""`make pictures`: the screenshots of docs/stories, by the Chromium and the fonts that are here."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # run as a program, and not by pytest

from grader.explain.page import page  # noqa: E402 - see above
from tests.explain.browser import Watched, browsing  # noqa: E402 - see above
from tests.explain.test_picture import failing  # noqa: E402 - see above

FOLDER: Final = ROOT / "docs" / "stories"
MOST_BYTES: Final = 150_000


class Shot(NamedTuple):
    """A page as it is shown: the program, the window, the theme, and the keys pressed before."""

    name: str
    program: str
    width: int
    height: int
    theme: str
    keys: tuple[str, ...] = ()


SHOTS: Final = (
    Shot("lost-update", "counter_of_threads", 1280, 820, "light"),
    Shot("all-steps", "counter_of_processes", 1280, 900, "light", ("f",)),
    Shot("deadlock", "opposite_transfers", 1120, 900, "dark"),
    Shot("torn-read", "total_of_two_moments", 1080, 860, "light", ("ArrowUp", "ArrowUp")),
    Shot("lock-of-each-process", "lock_of_a_module", 1080, 900, "dark"),
    Shot("three-forks", "three_forks", 900, 1300, "dark"),
    Shot("lost-wakeup", "late_wait", 1080, 900, "light"),
    Shot("lock-not-released", "early_return", 400, 1250, "light", ("End",)),
    Shot("korean", "korean", 400, 1160, "dark"),
    Shot("exception", "pop_of_nothing", 768, 900, "light"),
)


def shoot(browser: Any, shot: Shot, folder: Path) -> Path:
    """Takes a screenshot; the file."""
    _, picture = failing(shot.program)
    file = folder / f"{shot.name}.html"
    file.write_text(page(picture), encoding="utf-8")
    watched = Watched(
        browser, viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.theme,
        reduced_motion="reduce",
    )  # fmt: skip
    shown = watched.open(file)
    for key in shot.keys:
        shown.keyboard.press(key)
    target = FOLDER / f"{shot.name}.png"
    shown.screenshot(path=target)
    watched.close()
    return target


def main() -> int:
    """Takes all of them. Status 1 when one is too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    status = 0
    with browsing() as browser, tempfile.TemporaryDirectory() as folder:
        for shot in SHOTS:
            target = shoot(browser, shot, Path(folder))
            size = target.stat().st_size
            sys.stdout.write(f"{target.relative_to(ROOT)}: {size:,} bytes\n")
            status |= size > MOST_BYTES
    return status


if __name__ == "__main__":
    sys.exit(main())
