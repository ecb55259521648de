"""The controlled stand-in of `random`: one generator, seeded anew for every schedule.

`choice`, `shuffle` and their like are written in Python: they take one item after the other, and
others may change what they have not reached yet.
"""

from __future__ import annotations

import random as _real
from collections.abc import Iterator, Sequence
from typing import Any

from grader.engine import runtime
from grader.engine.containers import owner_of, place_of, reading
from grader.engine.operation import READ, WRITE

SEED = 20_231


class _Visible:
    """A shared sequence, of which each access is an operation."""

    __slots__ = ("_values",)

    def __init__(self, values: Any) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(reading(self._values))

    def __iter__(self) -> Iterator[Any]:
        return iter(reading(self._values))

    def __getitem__(self, index: Any) -> Any:
        runtime.current().perform("read", *place_of(self._values, index), READ)
        return self._values[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        runtime.current().perform("write", *place_of(self._values, index), WRITE)
        self._values[index] = value


class _VisibleSequence(_Visible, Sequence[Any]):
    """Likewise, of one that says it is a sequence."""


def _visible(values: Any) -> Any:
    execution = runtime.current()
    if owner_of(values) is None or (execution.solo and execution.recorder is None):
        return values
    return (_VisibleSequence if isinstance(values, Sequence) else _Visible)(values)


class Random(_real.Random):
    """As in CPython, but without a seed it begins at a fixed one."""

    def __init__(self, x: Any = None) -> None:
        super().__init__(SEED if x is None else x)

    def seed(self, a: Any = None, version: int = 2) -> None:
        """As in CPython; no seed means the fixed one."""
        super().seed(SEED if a is None else a, version)

    def getstate(self) -> Any:
        """As in CPython, as one operation."""
        runtime.current().perform("read", self, None, READ)
        return super().getstate()

    def setstate(self, state: Any) -> None:
        """As in CPython, as one operation."""
        runtime.current().perform("write", self, None, WRITE)
        super().setstate(state)

    def choice(self, seq: Any) -> Any:
        """As in CPython."""
        return super().choice(_visible(seq))

    def choices(
        self, population: Any, weights: Any = None, *, cum_weights: Any = None, k: int = 1
    ) -> list[Any]:
        """As in CPython."""
        return super().choices(
            _visible(population), reading(weights), cum_weights=reading(cum_weights), k=k
        )

    def shuffle(self, x: Any) -> None:
        """As in CPython."""
        super().shuffle(_visible(x))

    def sample(self, population: Any, k: int, *, counts: Any = None) -> list[Any]:
        """As in CPython."""
        return super().sample(_visible(population), k, counts=reading(counts))


def public() -> dict[str, Any]:
    """The names of the module. Its functions share one generator per world."""
    shared = runtime.current().state.setdefault("random", Random())
    names = {
        name: getattr(shared, name)
        for name in _real.__all__
        if name[0].islower() and hasattr(shared, name)
    }
    return {**names, "Random": Random, "SystemRandom": Random}
