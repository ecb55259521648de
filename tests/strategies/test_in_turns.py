"""Several searches in turns: each has its share, and none is asked when it has no more."""

from __future__ import annotations

from collections.abc import Sequence

from grader.engine.run import Picker, Run, Track
from grader.strategies.in_turns import InTurns


class Some:
    """A search that has so many schedules, and then says whether that was everything."""

    picker: Picker | None = None
    track: Track | None = None

    def __init__(self, name: int, schedules: int, *, everything: bool) -> None:
        self.exhausted = False
        self._name = name
        self._left = schedules
        self._everything = everything

    def next(self) -> Sequence[int] | None:
        """Its name, as often as it has schedules."""
        if self._left == 0:
            self.exhausted = self._everything
            return None
        self._left -= 1
        return [self._name]

    def learn(self, run: Run) -> None:
        """Nothing."""


def order(search: InTurns) -> list[int]:
    """Whose schedules come, one after the other."""
    names: list[int] = []
    while (prefix := search.next()) is not None:
        names.extend(prefix)
    return names


def test_each_has_its_turn_until_it_has_no_more() -> None:
    """Then the others go on."""
    search = InTurns(
        Some(1, 3, everything=False), Some(2, 1, everything=False), Some(3, 4, everything=False)
    )
    assert [1, 2, 3, 1, 3, 1, 3, 3] == order(search)
    assert not search.exhausted


def test_it_is_over_when_one_has_covered_everything() -> None:
    """What the others have left is covered as well."""
    search = InTurns(Some(1, 2, everything=True), Some(2, 9, everything=False))
    assert [1, 2, 1, 2] == order(search)
    assert search.exhausted
