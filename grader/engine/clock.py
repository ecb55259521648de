"""The virtual clock: nobody waits for a real one."""

from __future__ import annotations

EPOCH = 1_700_000_000.0  # what time.time() says when a schedule begins; seconds


class Clock:
    """Virtual seconds since the execution began. Reading it costs a little time, as in life, so
    a loop that only looks at the clock comes to its end."""

    __slots__ = ("now",)

    TICK = 1e-6

    def __init__(self) -> None:
        self.now = 0.0

    def read(self) -> float:
        """The time now, in seconds; the next reading is later."""
        self.now += self.TICK
        return self.now

    def reach(self, moment: float) -> None:
        """Jump to `moment` unless it is past."""
        self.now = max(self.now, moment)
