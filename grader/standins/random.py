"""The controlled stand-in of `random`: the same numbers in every run of one schedule.

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
from grader.engine.run import LUCKY

SEED = 20_231
_WIDE = 2**16  # of so many numbers nobody draws the same one twice


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


class _Stream(_real.Random):
    """The numbers that one task draws where nobody has given a seed. Any number could come, in any
    order of tasks: so no task takes another one's, and the first ones may be as low, or as high,
    as they can be (`Limits.luck`). Two of a wide range are never the same, though: such numbers
    serve as names, and that they differ is sure enough.
    """

    def __init__(self, task: int, luck: int) -> None:
        super().__init__(SEED + task)
        self._luck = luck
        self._first = LUCKY * task  # of all tasks' extreme numbers
        self._left = LUCKY if luck else 0

    def _extreme(self, n: int) -> int:
        """The lowest or highest number below `n`, or one near it that nobody has drawn."""
        self._left -= 1
        near = self._first + self._left if n > _WIDE else 0
        return near if self._luck == 1 else n - 1 - near

    def random(self) -> float:
        """As in CPython."""
        return self._extreme(2**53) * 2**-53 if self._left else super().random()

    def getrandbits(self, k: int, /) -> int:
        """As in CPython."""
        return self._extreme(2**k) if self._left and k > 0 else super().getrandbits(k)

    def _randbelow(self, n: int) -> int:
        """As in CPython: `randrange`, `choice` and their like ask for it."""
        if self._left and n > 0:
            return self._extreme(n)
        return super()._randbelow(n)  # type: ignore[no-any-return,misc]  # typeshed hides it


def _stream() -> _Stream:
    """That of the running task."""
    execution = runtime.current()
    execution.drew = True
    streams: dict[int, _Stream] = execution.state.setdefault("streams", {})
    task = execution.running.id
    if task not in streams:
        streams[task] = _Stream(task, execution.limits.luck)
    return streams[task]


class Random(_real.Random):
    """As in CPython. Without a seed, each task has numbers of its own."""

    def seed(self, a: Any = None, version: int = 2) -> None:
        """As in CPython, as one operation."""
        if "_seeded_" in self.__dict__:  # else it is being made
            self._change_()
        self._seeded_ = a is not None
        super().seed(SEED if a is None else a, version)

    def _change_(self) -> None:
        execution = runtime.current()
        if not execution.solo:
            execution.perform("write", self, None, WRITE)

    def random(self) -> float:
        """As in CPython: where there is a seed, the next number of all, as one operation."""
        if not self._seeded_:
            return _stream().random()
        self._change_()
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        """As in CPython: where there is a seed, the next number of all, as one operation."""
        if not self._seeded_:
            return _stream().getrandbits(k)
        self._change_()
        return super().getrandbits(k)

    def _randbelow(self, n: int) -> int:
        """As in CPython: `randrange`, `choice` and their like ask for it."""
        if not self._seeded_:
            return _stream()._randbelow(n)
        return super()._randbelow(n)  # type: ignore[no-any-return,misc]  # typeshed hides it

    def gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float:
        """As in CPython, which keeps every other number for the next call."""
        return super().gauss(mu, sigma) if self._seeded_ else _stream().gauss(mu, sigma)

    def getstate(self) -> Any:
        """As in CPython, as one operation. From now on the numbers are those of this state."""
        self._change_()
        self._seeded_ = True
        return super().getstate()

    def setstate(self, state: Any) -> None:
        """As in CPython, as one operation."""
        self._change_()
        self._seeded_ = True
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
