"""One schedule again."""

from __future__ import annotations

from collections.abc import Sequence

from grader.engine.run import Picker, Run, Track


class Replay:
    """The schedule with these choices, once. A program that cannot follow them diverges."""

    def __init__(self, choices: Sequence[int]) -> None:
        self.exhausted = False
        self.picker: Picker | None = None
        self.track: Track | None = None
        self._choices: Sequence[int] | None = choices

    def next(self) -> Sequence[int] | None:
        """The choices, the first time."""
        choices, self._choices = self._choices, None
        return choices

    def learn(self, run: Run) -> None:
        """Nothing: there is no other schedule."""
