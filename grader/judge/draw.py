"""Parameters drawn per submission, from a recorded seed: hard-coded answers do not fit."""

from __future__ import annotations

import hashlib
import random


def seed_of(exercise: str, content: bytes) -> str:
    """The seed of a submission: the same file is always asked the same questions."""
    return hashlib.sha256(exercise.encode() + b"\0" + content).hexdigest()[:16]


class Draw:
    """Draws for one check: only numbers that are all alike to it. Cases that differ in kind (no
    money and less than none, say) are not drawn: a check goes through all of them, or it would
    accept by luck what it rejects in another submission.
    """

    def __init__(self, seed: str, check: str) -> None:
        self._random = random.Random(f"{seed}/{check}")

    def between(self, low: int, high: int) -> int:
        """An int from `low` to `high`, both included."""
        return self._random.randint(low, high)
