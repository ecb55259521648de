"""Parameters drawn per submission, from a recorded seed: hard-coded answers do not fit."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def seed_of(exercise: str, content: bytes) -> str:
    """The seed of a submission: the same file is always asked the same questions."""
    return hashlib.sha256(exercise.encode() + b"\0" + content).hexdigest()[:16]


class Draw:
    """Draws for one check."""

    def __init__(self, seed: str, check: str) -> None:
        self._random = random.Random(f"{seed}/{check}")

    def between(self, low: int, high: int) -> int:
        """An int from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return self._random.choice(options)

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different ones of the options, in a drawn order."""
        return self._random.sample(list(options), count)
