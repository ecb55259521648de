"""Golden files: what was drawn before, to be compared byte by byte.

`RACECOURSE_GOLDEN=write .venv/bin/pytest tests/explain` writes them anew; read what has changed.
"""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"
STORIES = (
    "counter_of_threads", "opposite_transfers", "total_of_two_moments", "lock_of_a_module",
    "three_forks", "early_return", "late_wait", "made_twice", "pop_of_nothing", "korean",
)  # fmt: skip
"""Ten different ones, kept as text, as a diagram and as the data of the page."""


def check(file: str, text: str) -> None:
    """Compares a story with its golden file."""
    path = GOLDEN / file
    if os.environ.get("RACECOURSE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text
