"""Connections: two streams of bytes, and what becomes of one side when the other one goes.

As Linux does it on the loopback, where everything arrives at once:

- Closing a socket whose data was all read sends a FIN: the other side reads to the end, then b"".
  What it sends from then on succeeds once and is answered by a reset: BrokenPipeError the next
  time.
- Closing a socket with data that nobody has read resets the connection: the next call of the
  other side fails with ConnectionResetError, after it has read what was there for it.
- An AF_UNIX connection tells its sender at once that nobody reads.
"""

from __future__ import annotations

import errno
from typing import Final

from grader.engine.execution import Execution
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.part import Part
from grader.standins.multiprocessing.tokens import only_when
from grader.standins.socket.files import File, error_of
from grader.standins.socket.ports import Address, Claim

CAPACITY: Final = 65_536  # bytes on their way in one direction; Linux has some megabytes
SHORT_READS: Final = 2  # of each direction, for the explorer to choose
BYTES: Final = Part("bytes")  # what is there to read, and whether anybody will
END: Final = Part("end")  # whether more will come, and how it ended
_LEAD: Final = 0xC0  # from here on, a byte begins a character of several bytes in UTF-8


class Stream:
    """The bytes that one side has sent and the other has not read yet."""

    _controlled_ = True
    _word_ = "stream"
    __slots__ = ("changing", "data", "ended", "ending", "looking", "short")

    def __init__(self) -> None:
        self.data = bytearray()
        self.ended = False  # no more will come
        self.short = 0  # reads that got less than there was
        self.changing: Footprint = (self, BYTES, WRITE | NEEDS_FREE | FREES)
        self.ending: tuple[Footprint, ...] = (
            (self, BYTES, WRITE | FREES), (self, END, WRITE | FREES),
        )  # fmt: skip
        # Data is read whether or not the end has come after it.
        self.looking: tuple[Footprint, ...] = (
            (self, BYTES, READ | NEEDS_FREE), (self, END, READ | NEEDS_FREE),
        )  # fmt: skip

    def room(self) -> int:
        """How many bytes can be written now."""
        return CAPACITY - len(self.data)

    def amount(self, execution: Execution, wanted: int, *, whole: bool) -> int:
        """How many bytes a read gets: what there is, or only a beginning of it, since a stream
        may be cut anywhere on its way. `whole`: the reader would not know the difference.
        """
        there = min(wanted, len(self.data))
        if there < 2 or whole or self.short >= SHORT_READS or not execution.choose(2):
            return there
        self.short += 1
        inside = (at + 1 for at in range(there - 1) if self.data[at] >= _LEAD)
        return next(inside, 1)  # in the middle of a character, if there is one of several bytes


class End:
    """One side of a connection: what a connected socket is."""

    def __init__(self, incoming: Stream, outgoing: Stream, name: Address, *, local: bool) -> None:
        self.incoming = incoming
        self.outgoing = outgoing
        self.name = name
        self.local = local  # AF_UNIX
        self.peer: End = self  # set by `connection`
        self.error = 0  # to be told at the next call
        self.deaf = False  # its own side reads no more
        self.dead = False  # reset
        self.gone = False  # nobody has it open
        self.closed_first = False  # its FIN came before the other side's
        self.reset_at_close = False
        self.claim: Claim | None = None  # of the port on which it was accepted
        # What an operation on one stream may touch besides.
        self._reset = only_when(self._unheard, (*incoming.ending, *outgoing.ending))
        self._telling = only_when(lambda: bool(self.error), (outgoing.changing,))

    def is_over(self) -> bool:
        """Whether both sides have said that they are through, or it was reset."""
        return self.dead or (not self.local and self.incoming.ended and self.outgoing.ended)

    def is_closed(self) -> bool:
        """Whether what the other side sends is answered by a reset."""
        return self.gone or (not self.local and self.deaf and self.outgoing.ended)

    def _unheard(self) -> bool:
        return self.peer.is_closed()

    # -- footprints --------------------------------------------------------------------------

    def _claims(self) -> tuple[Footprint, ...]:
        return tuple(
            each
            for end in (self, self.peer)
            if end.claim is not None
            for each in end.claim.changing()
        )

    def will_send(self) -> tuple[Footprint, ...]:
        """What an announced write may touch."""
        claims = self._claims()
        last = only_when(self._unheard, claims) if claims else ()
        end = (self.outgoing, END, READ | NEEDS_FREE)
        return (self.outgoing.changing, end, *self._reset, *last)

    def sent(self) -> tuple[Footprint, ...]:
        """What a write has touched."""
        if self.dead:
            return (*self.outgoing.ending, *self.incoming.ending, *self._claims())
        return (self.outgoing.changing, (self.outgoing, END, READ | NEEDS_FREE))

    def will_receive(self) -> tuple[Footprint, ...]:
        """What an announced read may touch."""
        stream = self.incoming
        return (stream.changing, (stream, END, WRITE | NEEDS_FREE), *self._telling)

    def receiving(self) -> tuple[Footprint, ...]:
        """What a read touches now."""
        if self.incoming.data:
            return (self.incoming.changing,)
        return self.will_receive() if self.error else self.incoming.looking

    def releasing(self) -> tuple[Footprint, ...]:
        """As in `Body`."""
        return (
            (self.outgoing, END, WRITE | FREES), *self.incoming.ending, *self._claims(),
        )  # fmt: skip

    def shutting(self, *, reading: bool) -> tuple[Footprint, ...]:
        """What `shut` touches."""
        if reading or self.deaf:
            return self.releasing()
        return (
            (self.outgoing, END, WRITE | FREES), (self.incoming, END, READ), *self._claims(),
        )  # fmt: skip

    def watch_reading(self) -> tuple[Footprint, ...]:
        """As in `Body`."""
        return self.incoming.looking

    def watch_writing(self) -> tuple[Footprint, ...]:
        """As in `Body`."""
        return self.outgoing.looking

    # -- reading -----------------------------------------------------------------------------

    def readable(self) -> bool:
        """As in `Body`."""
        stream = self.incoming
        return bool(stream.data or stream.ended or self.error or self.dead or self.deaf)

    def receive(self, execution: Execution, wanted: int, *, peek: bool, whole: bool) -> bytes:
        """What a read gets; b"" at the end."""
        stream = self.incoming
        if stream.data:
            size = stream.amount(execution, wanted, whole=whole)
            found = bytes(stream.data[:size])
            if not peek:
                del stream.data[:size]
            return found
        if wanted and self.error and (self.local or not stream.ended):
            self.fail()
        return b""

    def fail(self) -> None:
        """Raises the error that is waiting to be told."""
        number, self.error = self.error, 0
        if number:
            raise error_of(number)

    # -- writing -----------------------------------------------------------------------------

    def refuses(self) -> bool:
        """Whether a write fails at once."""
        return bool(
            self.error or self.dead or self.outgoing.ended
            or (self.local and (self.peer.gone or self.peer.deaf))
        )  # fmt: skip

    def writable(self) -> bool:
        """As in `Body`."""
        return self.refuses() or self.peer.is_closed() or self.outgoing.room() > 0

    def send(self, data: memoryview) -> int:
        """Writes as much as there is room for; how much that was."""
        if self.refuses():
            number, self.error = (0, self.error) if self.local else (self.error, 0)
            raise error_of(number or errno.EPIPE)
        if self.peer.is_closed():  # what was sent is answered by a reset
            if len(data):
                self.reset()
                self.peer.reset()
            return len(data)
        size = min(len(data), self.outgoing.room())
        self.outgoing.data += data[:size]
        return size

    # -- the end of it -----------------------------------------------------------------------

    def reset(self) -> None:
        """The other side has broken the connection off."""
        if not self.is_over():
            through = self.incoming.ended and not self.outgoing.ended
            self.error = errno.EPIPE if through else errno.ECONNRESET
        self.dead = True
        self.settle()

    def end_sending(self) -> None:
        """Says that nothing more comes from this side."""
        if not self.outgoing.ended:
            self.closed_first = not self.incoming.ended
            self.outgoing.ended = True
            self.settle()
            self.peer.settle()

    def shut(self, *, reading: bool, writing: bool) -> None:
        """`shutdown`."""
        if self.is_over():
            raise error_of(errno.ENOTCONN)
        self.deaf = self.deaf or reading
        if writing:
            self.end_sending()

    def turn_away(self) -> None:
        """It waited to be accepted, and nobody will."""
        self.gone = True
        self.dead = True
        self.peer.reset()
        self.settle()

    def release(self) -> None:
        """As in `Body`."""
        self.gone = True
        if self.dead:
            return
        if self.local:
            if self.incoming.data:
                self.peer.error = errno.ECONNRESET
            self.outgoing.ended = True
        elif self.incoming.data or self.reset_at_close:
            self.dead = True
            self.peer.reset()
        else:
            self.end_sending()
        self.settle()

    def settle(self) -> None:
        """Gives the port back, if it is time."""
        if self.claim is None:
            return
        if self.dead or (self.is_over() and not self.closed_first):
            self.claim.drop()
        elif self.is_over() or self.gone:
            self.claim.linger()


def connection(first: Address, second: Address, *, local: bool) -> tuple[End, End]:
    """The two sides of a new connection, with their addresses."""
    there, back = Stream(), Stream()
    one, other = End(back, there, first, local=local), End(there, back, second, local=local)
    one.peer, other.peer = other, one
    return one, other


def end_of(file: File) -> End | None:
    """The connection of a socket, if it has one."""
    return file.connected if isinstance(file.connected, End) else None
