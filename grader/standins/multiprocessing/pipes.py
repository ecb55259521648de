"""`multiprocessing.Pipe` and its connections, under control.

Behaviour and messages are those of `Lib/multiprocessing/connection.py`. A message goes through in
one step, but not in one piece: CPython reads its length and then the rest, and writes a large one
in several parts. So where two tasks read from one end at the same time, or write to it, the
explorer may choose that they get each other's bytes: nothing that comes after makes sense then.
"""

from __future__ import annotations

import errno
from pickle import UnpicklingError
from typing import Any, Final, Self

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import KIND, SUBJECT, Footprint
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.channels import Channel
from grader.standins.multiprocessing.ends import End, pipe
from grader.standins.multiprocessing.errors import BufferTooShort
from grader.standins.multiprocessing.pickling import Arrival, dumps, loads
from grader.standins.multiprocessing.world import announce, counted, created, note
from grader.standins.weakref import is_collecting

IN_ONE_PIECE: Final = 16_384  # bytes that CPython writes together with their length


class Connection:
    """One process's handle of one end of a pipe."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_core_", "_deaf_", "_execution_", "_holder_")

    def __init__(self, end: End, holder: object) -> None:
        self._core_ = end
        self._execution_ = runtime.current()
        self._holder_: object = holder  # None: closed
        self._deaf_ = False  # after a message that was too long nothing more can be read

    @classmethod
    def _open_(cls, end: End) -> Connection:
        """A new handle in the process that is running."""
        holder = runtime.current().running.process.id
        end.hold(holder)
        return cls(end, holder)

    def _travel_(self, child: Modelled | None) -> Arrival:
        end = self._end_()
        if child is not None:  # the child has it open from its very start
            end.hold(child.id)
            return lambda: Connection(end, child.id)
        execution = runtime.current()
        flight = ("flight", counted(execution, "flights"))
        end.hold(flight)

        def arrive() -> Connection:
            connection = Connection._open_(end)
            end.drop(flight)
            return connection

        return arrive

    def __del__(self) -> None:
        # As in CPython: a handle that nobody refers to any more is closed. What the garbage
        # collector finds on cycles stays open: when it runs is not the same in every run.
        execution = self._execution_
        if self._holder_ is None or execution.over or is_collecting():
            return
        if runtime.now.execution is execution and not execution.solo:
            execution.turned_out(None, self._core_.closing(self._holder_))
        self._core_.drop(self._holder_)

    # -- checks ------------------------------------------------------------------------------

    def _end_(self) -> End:
        if self._holder_ is None:
            raise OSError("handle is closed")
        return self._core_

    def _reading_(self) -> Channel:
        channel = self._end_().reads
        if channel is None or self._deaf_:
            raise OSError("connection is write-only")
        return channel

    def _writing_(self) -> Channel:
        channel = self._end_().writes
        if channel is None:
            raise OSError("connection is read-only")
        return channel

    # -- attributes --------------------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """As in CPython."""
        return self._holder_ is None

    @property
    def readable(self) -> bool:
        """As in CPython."""
        return self._core_.reads is not None and not self._deaf_

    @property
    def writable(self) -> bool:
        """As in CPython."""
        return self._core_.writes is not None

    def fileno(self) -> int:
        """As in CPython: a number for the end."""
        return self._end_().number

    def close(self) -> None:
        """As in CPython."""
        if self._holder_ is not None:
            announce("close", (self._core_.closing(self._holder_),))
            self._core_.drop(self._holder_)
            self._holder_ = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return "<multiprocessing.connection.Connection object>"

    # -- writing -----------------------------------------------------------------------------

    def send(self, obj: Any) -> None:
        """As in CPython."""
        self._writing_()
        self._write_(dumps(obj), obj)

    def send_bytes(self, buf: Any, offset: int = 0, size: int | None = None) -> None:
        """As in CPython."""
        self._writing_()
        data = memoryview(buf).cast("B")
        length = len(data)
        if offset < 0:
            raise ValueError("offset is negative")
        if length < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = length - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > length:
            raise ValueError("buffer length < offset + size")
        self._write_(bytes(data[offset : offset + size]), buf)

    def _write_(self, data: bytes, shown: object) -> None:
        channel, end = self._writing_(), self._end_()
        execution = runtime.current()
        announce(
            "send", (end.sending(), *channel.will_write(len(data)), end.other.watching()),
            lambda: channel.has_room() or end.is_broken(),
        )  # fmt: skip
        note(shown)
        if end.is_broken():
            execution.touched(end.sending(), end.other.watching())
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")
        if len(data) > IN_ONE_PIECE:
            channel.garbled |= _collide(execution, "send", end)
        message, touched = channel.write(data)
        execution.touched(end.sending(), *touched, end.other.watching())
        if not message.complete:
            channel.finish(end.sending(), message, end.is_broken)
            channel.garbled |= _collide(execution, "send", end)
        if not message.complete:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    # -- reading -----------------------------------------------------------------------------

    def recv(self) -> Any:
        """As in CPython."""
        obj = loads(self._read_())
        note(obj)
        return obj

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        """As in CPython."""
        self._reading_()
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        data = self._read_()
        if maxlength is not None and len(data) > maxlength:
            self._deaf_ = True
            if self._core_.writes is None:
                self.close()
            raise OSError("bad message length")
        note(data)
        return data

    def recv_bytes_into(self, buf: Any, offset: int = 0) -> int:
        """As in CPython."""
        self._reading_()
        with memoryview(buf) as view:
            size = view.nbytes
            if offset < 0:
                raise ValueError("negative offset")
            if offset > size:
                raise ValueError("offset too large")
            data = self._read_()
            if size < offset + len(data):
                raise BufferTooShort(data)
            view.cast("B")[offset : offset + len(data)] = data
        note(data)
        return len(data)

    def _read_(self) -> bytes:
        channel, end = self._reading_(), self._end_()
        execution = runtime.current()
        announce(
            "recv", (end.receiving(), *channel.will_read(), end.other.watching()),
            lambda: bool(channel.items) or end.is_broken(),
        )  # fmt: skip
        if not channel.items:
            execution.touched(end.receiving(), *channel.items.look(), end.other.watching())
            raise EOFError
        collided = not channel.garbled and _collide(execution, "recv", end)
        data, touched = channel.read()
        execution.touched(end.receiving(), *touched)
        if collided:  # this one has taken the first bytes of the message for its length
            channel.garbled = True
            raise EOFError("Ran out of input")
        if channel.garbled:
            raise UnpicklingError("pickle data was truncated")
        return data

    def poll(self, timeout: float | None = 0.0) -> bool:
        """As in CPython: whether there is something to read, or the end of it all."""
        self._reading_()
        execution = runtime.current()
        watch = self._watch_()
        if timeout is not None and timeout <= 0:
            announce("poll", watch)
        else:
            announce("poll", watch, self._ready_, timeout)
        execution.touched(*self._watched_())
        note(self._ready_())
        return self._ready_()

    def _ready_(self) -> bool:
        channel = self._core_.reads
        return channel is not None and (bool(channel.items) or self._core_.is_broken())

    def _watch_(self) -> tuple[Footprint, ...]:
        channel = self._reading_()
        return (*channel.items.will_look(), self._core_.other.watching())

    def _watched_(self) -> tuple[Footprint, ...]:
        channel = self._reading_()
        return (*channel.items.look(), self._core_.other.watching())


def _collide(execution: Execution, kind: str, end: End) -> bool:
    """Whether another task that is about to do the same at this end gets in the way."""
    others = any(
        task.op[KIND] == kind and task.op[SUBJECT] is end
        for task in execution.live
        if task is not execution.running
    )
    return others and execution.choose(2) == 1


def Pipe(duplex: bool = True) -> tuple[Connection, Connection]:  # noqa: N802 - CPython's name
    """As in CPython: two connections; with `duplex` False the first only reads, the second only
    writes.
    """
    first, second = pipe(runtime.current(), duplex=duplex)
    connections = Connection._open_(first), Connection._open_(second)
    for connection in connections:
        created(connection)
    return connections
