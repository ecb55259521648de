"""What every back end of the sandbox has to offer, and how a check's processes can end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.course.limits import Limits
from grader.judge.sandbox.usage import Usage


class Unavailable(Exception):
    """This back end does not work here; the message is the reason, without a full stop."""


@dataclass(frozen=True)
class Start:
    """A runner to be started."""

    limits: Limits
    requests: int  # file descriptors: its standard input
    replies: int  # and output
    real: bool = False  # for a real run: an interpreter of its own
    network: bool = True  # whether its exercise is about sockets


@dataclass(frozen=True)
class Ended:
    """How a runner has ended: its exit code, or the negative number of the signal; None when its
    keeper was killed from outside. `failed`: why it could not even be locked up.
    """

    code: int | None = None
    failed: str | None = None


class Child(Protocol):
    """A runner that was started, with all that it starts."""

    pid: int
    """Of the first of its processes, as this process sees it."""
    folder: Path | None
    """Where it writes, if that is on a disk of this machine."""

    def ended(self) -> Ended | None:
        """How it has ended; None while it lives."""

    def usage(self) -> Usage | None:
        """What its processes use together; None where that cannot be told, or others see to it."""

    def exact_memory(self) -> int:
        """Bytes that its processes use together, with shared ones counted once."""

    def close(self) -> None:
        """Ends all of its processes, waits until they are gone, and removes what they left."""


class Sandbox(Protocol):
    """A way to lock up runners. It may keep processes until it is closed."""

    name: str
    """As on the command line and in results."""
    description: str
    """What it does and does not do, in one sentence."""

    def start(self, start: Start) -> Child:
        """A new runner. Raises `Unavailable`."""

    def close(self) -> None:
        """Ends what it keeps."""
