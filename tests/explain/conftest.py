"""What the tests of explanations share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# In pytest's importlib mode nothing else puts the repository's root there.
ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tests.explain.browser import browser  # noqa: E402 - see above
from tests.explain.failing import Find, find_failure  # noqa: E402 - see above
from tests.explain.pages import watching  # noqa: E402 - see above


@pytest.fixture
def failure() -> Find:
    """`failure(source, scenario, allowed)`: its simplest failing schedule, replayed."""
    return find_failure


__all__ = ["browser", "failure", "watching"]
