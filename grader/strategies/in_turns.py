"""Several searches in turns, a schedule each.

Which of them is the first to find a bug depends on the bug. With n of them, this needs at most n
times as many schedules as the one that is best for the program, whichever that is.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.engine.run import Picker, Run, Track
from grader.strategies.base import Strategy


class InTurns:
    """The searches, one after the other and again. Over when one of them has covered everything;
    one that just has no more schedules is left out.
    """

    def __init__(self, *searches: Strategy) -> None:
        self._searches = list(searches)
        self._at = -1  # whose turn it is

    @property
    def exhausted(self) -> bool:
        """Whether one of them has covered every schedule."""
        return any(search.exhausted for search in self._searches)

    @property
    def picker(self) -> Picker | None:
        """Of the search whose turn it is."""
        return self._searches[self._at].picker

    @property
    def track(self) -> Track | None:
        """Of the search whose turn it is."""
        return self._searches[self._at].track

    def next(self) -> Sequence[int] | None:
        """The next schedule of the next search."""
        while self._searches:
            self._at = (self._at + 1) % len(self._searches)
            prefix = self._searches[self._at].next()
            if prefix is not None:
                return prefix
            if self.exhausted:
                return None
            del self._searches[self._at]
            self._at -= 1
        return None

    def learn(self, run: Run) -> None:
        """What the search whose turn it was wants to know."""
        self._searches[self._at].learn(run)
