"""What `make bench` compares when it says that explaining costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench" / "explaining.py"


@pytest.mark.parametrize("side", ["with", "without"])
def test_the_two_sides_differ_in_what_is_compared(side: str) -> None:
    """One has neither questions for a recorder nor the modules that explain; both find the same."""
    order = json.dumps({"program": 0, "seconds": 0.0001})
    done = subprocess.run(
        [sys.executable, str(BENCH), "--serve", side], input=f"{order}\n", capture_output=True,
        text=True, timeout=120, check=True,
    )  # fmt: skip
    said, explored = map(json.loads, done.stdout.splitlines())
    assert (side == "with", side == "without") == (said["explain"], said["branches"] > 50)
    assert 20 == explored["schedules"]
