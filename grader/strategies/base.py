"""What a search strategy is: it names the next schedule to run, and learns from the run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from grader.engine.run import Picker, Run, Track


class Strategy(Protocol):
    """A search over schedules. The explorer owns the budget and asks for one schedule at a time."""

    @property
    def exhausted(self) -> bool:
        """After `next` gave None: every schedule was covered (up to equivalence)."""

    @property
    def picker(self) -> Picker | None:
        """Takes the choices after the prefix; None: always the default, alternative 0."""

    @property
    def track(self) -> Track | None:
        """After `next`: of a run that made all the choices of the prefix but the last, if any."""

    def next(self) -> Sequence[int] | None:
        """The choices with which the next execution begins; None when there is none left."""

    def learn(self, run: Run) -> None:
        """What the execution that `next` asked for did."""
