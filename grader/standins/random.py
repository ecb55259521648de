"""The controlled stand-in of `random`: one generator, seeded anew for every schedule."""

from __future__ import annotations

import random as _real
from typing import Any

from grader.engine import runtime

SEED = 20_231


class Random(_real.Random):
    """As in CPython, but without a seed it begins at a fixed one."""

    def __init__(self, x: Any = None) -> None:
        super().__init__(SEED if x is None else x)

    def seed(self, a: Any = None, version: int = 2) -> None:
        """As in CPython; no seed means the fixed one."""
        super().seed(SEED if a is None else a, version)


def public() -> dict[str, Any]:
    """The names of the module. Its functions share one generator per world."""
    shared = runtime.current().state.setdefault("random", Random())
    names = {
        name: getattr(shared, name)
        for name in _real.__all__
        if name[0].islower() and hasattr(shared, name)
    }
    return {**names, "Random": Random, "SystemRandom": Random}
