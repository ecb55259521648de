"""What check files import: `points`, what models raise, and the names of the fixtures' types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from grader.judge.draw import Draw
from grader.judge.linear import Blocked
from grader.judge.submission import Submission

F = TypeVar("F", bound=Callable[..., object])


def points(count: float) -> Callable[[F], F]:
    """Marks a check with the points that it is worth. Each check is all or nothing."""
    mark: Callable[[F], F] = pytest.mark.points(count)
    return mark


__all__ = ["Blocked", "Draw", "Submission", "points"]
