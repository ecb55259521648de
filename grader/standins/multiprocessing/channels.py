"""One direction of a pipe: messages in order, in a bounded number of bytes.

A message that is larger than the room left goes in as far as it fits, and its writer waits for
readers to make room for the rest, as in life.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.part import Part
from grader.standins.multiprocessing.tokens import Tokens
from grader.standins.multiprocessing.world import announce

CAPACITY: Final = 65_536  # bytes that a pipe holds, as on Linux
_HEADER: Final = 4  # bytes that say how long a message is
_LARGE: Final = 8_192  # bytes from which on a message may have to wait for room
SPACE: Final = Part("space")


class Message:
    """What one write put into the pipe. `rest` bytes of it are not in the pipe yet."""

    __slots__ = ("data", "rest")

    def __init__(self, data: bytes, rest: int) -> None:
        self.data = data
        self.rest = rest

    @property
    def complete(self) -> bool:
        """Whether its writer can go on."""
        return self.rest == 0


class _Tight(Part):
    """The space of a channel, for an announced write: only where it may be short."""

    __slots__ = ("_channel",)

    def __init__(self, channel: Channel) -> None:
        super().__init__("space")
        self._channel = channel

    def __eq__(self, other: object) -> bool:
        return self is other or (other is SPACE and self._channel.is_tight(_LARGE))

    __hash__ = Part.__hash__


class Channel:
    """Writers at one side, readers at the other."""

    _controlled_ = True
    __slots__ = ("_tight", "garbled", "held", "items", "messages", "total")

    def __init__(self) -> None:
        self.items = Tokens(self)
        self.messages: deque[Message] = deque()
        self.held = 0  # bytes in the pipe
        self.total = 0  # bytes ever written
        self.garbled = False  # two readers, or two writers, have got into each other's way
        self._tight = _Tight(self)

    def is_tight(self, size: int) -> bool:
        """Whether the room for a write of `size` bytes may depend on reads."""
        return size > _LARGE or self.total + size > CAPACITY // 2

    def has_room(self) -> bool:
        """Whether a write can begin: some room, and nobody else in the middle of a message."""
        return self.held < CAPACITY and (not self.messages or self.messages[-1].complete)

    # -- writing -----------------------------------------------------------------------------

    def will_write(self, size: int | None = None) -> tuple[Footprint, ...]:
        """What an announced write (of so many bytes, if that is known) may touch."""
        if size is None:
            space: tuple[Footprint, ...] = ((self, self._tight, READ | NEEDS_FREE),)
        else:
            space = self._space(size)
        return (*self.items.will_give(), *space)

    def _space(self, size: int) -> tuple[Footprint, ...]:
        return ((self, SPACE, READ | NEEDS_FREE),) if self.is_tight(size) else ()

    def write(self, data: bytes) -> tuple[Message, tuple[Footprint, ...]]:
        """Writes as much of a message as there is room for; also says what that touches."""
        size = len(data) + _HEADER
        space = self._space(size)
        fits = min(size, CAPACITY - self.held)
        message = Message(data, size - fits)
        self.held += fits
        self.total += size
        self.messages.append(message)
        return message, (*self.items.give(), *space)

    def finish(
        self, first: Footprint, message: Message, broken: Callable[[], bool] = lambda: False
    ) -> None:
        """Waits until all of the message is in the pipe, or nobody can read it any more."""
        if not message.complete:
            announce(
                "write", (first, (self, SPACE, READ | NEEDS_FREE)),
                lambda: message.complete or broken(),
            )  # fmt: skip

    # -- reading -----------------------------------------------------------------------------

    def will_read(self) -> tuple[Footprint, ...]:
        """What an announced read may touch."""
        return (*self.items.will_take(), (self, SPACE, WRITE | FREES))

    def read(self, *, waited: bool = True) -> tuple[bytes, tuple[Footprint, ...]]:
        """Takes the first message, of which its writer supplies what is not there yet; also says
        what that touches.
        """
        message = self.messages.popleft()
        self.held -= len(message.data) + _HEADER - message.rest
        message.rest = 0
        for other in self.messages:  # a writer in the middle of a message goes on
            more = min(other.rest, CAPACITY - self.held)
            other.rest -= more
            self.held += more

        return message.data, (
            *self.items.take(waited=waited),
            (self, SPACE, WRITE | FREES),
        )
