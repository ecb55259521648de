"""How a check ends that does not pass, and one that only replays a schedule."""

from __future__ import annotations

from grader.judge import protocol


class CheckFailed(Exception):
    """A check found something wrong. Carries what the result says of it."""

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        story: str = "",
        schedule: str | None = None,
        line: int | None = None,
        stopped: bool = False,
    ) -> None:
        """`line` is that of the student's file at which it goes wrong. `stopped`: the check was
        ended at its limit of time or memory.
        """
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.story = story
        self.schedule = schedule
        self.line = line
        self.stopped = stopped

    @property
    def text(self) -> str:
        """The message, and the story of the failing schedule below it."""
        return f"{self.message}\n\n{self.story}" if self.story else self.message


class Replayed(Exception):
    """A replay was asked for, and this is its story."""

    def __init__(self, story: protocol.Story) -> None:
        super().__init__(story.text)
        self.story = story
