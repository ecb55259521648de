"""Sending and receiving on a stream."""

from __future__ import annotations

import errno
import operator
import socket as _real
from typing import Any, Final

from grader.engine import runtime
from grader.engine.containers import owner_of, owners_of
from grader.engine.operation import WRITE, Footprint
from grader.standins.missing import refuse
from grader.standins.socket.calls import Calls, is_quiet
from grader.standins.socket.connections import End, end_of
from grader.standins.socket.files import error_of, handle_of

WHOLE: Final = "reads whole lines"  # in a task's local storage: short reads make no difference
_SHORT: Final = 48  # bytes that are shown as they are
_FLAGS: Final = (
    _real.MSG_PEEK | _real.MSG_WAITALL | _real.MSG_DONTWAIT | getattr(_real, "MSG_NOSIGNAL", 0)
)


class Transfer(Calls):
    """The part of a socket that moves bytes."""

    __slots__ = ()

    def _end_(self, kind: str, number: int) -> End:
        """The connection; raises that error where there is none."""
        while (end := end_of(self._core_)) is None:
            self._step_(kind)
            if end_of(self._core_) is None:
                self._core_.fail()
                raise error_of(number)
        return end

    # -- receiving ---------------------------------------------------------------------------

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """As in CPython."""
        if operator.index(bufsize) < 0:
            raise ValueError("negative buffersize in recv")
        return self._receive_(bufsize, flags)

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        """As in CPython."""
        with _bytes_of(buffer) as view, view.cast("B") as plain:
            if view.readonly:
                raise TypeError(
                    "recv_into() argument 1 must be read-write bytes-like object, "
                    f"not {type(buffer).__name__}"
                )
            if nbytes < 0:
                raise ValueError("negative buffersize in recv_into")
            if nbytes > len(plain):
                raise ValueError("buffer too small for requested bytes")
            owner = owner_of(buffer)
            into = () if owner is None else ((owner, None, WRITE),)
            data = self._receive_(nbytes or len(plain), flags, into)
            plain[: len(data)] = data
        return len(data)

    def recvfrom(self, bufsize: int, flags: int = 0, /) -> tuple[bytes, Any]:
        """As in CPython: a stream has no address to tell."""
        if operator.index(bufsize) < 0:
            raise ValueError("negative buffersize in recvfrom")
        return self._receive_(bufsize, flags), None

    def recvfrom_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> tuple[int, Any]:
        """As in CPython."""
        return self.recv_into(buffer, nbytes, flags), None

    def _receive_(self, size: int, flags: int, into: tuple[Footprint, ...] = ()) -> bytes:
        _check(flags)
        if size == 0:  # CPython does not even ask
            return b""
        found = self._receive_some_(size, flags, into)
        if flags & _real.MSG_WAITALL and not flags & _real.MSG_PEEK:
            while len(found) < size and (more := self._receive_some_(size - len(found), flags, ())):
                found += more
        return found

    def _receive_some_(self, size: int, flags: int, into: tuple[Footprint, ...]) -> bytes:
        execution = runtime.current()
        connected = self._end_("recv", errno.ENOTCONN)

        def act() -> bytes:
            # Whoever reads whole lines from a file object does not see how they came.
            whole = bool(execution.running.local.get(WHOLE)) or bool(flags & _real.MSG_WAITALL)
            self._touched_(*connected.receiving(), *into)
            there = min(size, len(connected.incoming.data))
            peek = bool(flags & _real.MSG_PEEK)
            data = connected.receive(execution, size, peek=peek, whole=whole)
            _tell(data, there)
            return data

        return self._wait_(
            "recv", (*connected.will_receive(), *into), connected.readable, act,
            at_once=bool(flags & _real.MSG_DONTWAIT),
        )  # fmt: skip

    # -- sending -----------------------------------------------------------------------------

    def send(self, data: Any, flags: int = 0, /) -> int:
        """As in CPython. Linux lets a blocking `send` wait until it has written everything; other
        systems may write a part, which is what the documentation allows: so the explorer chooses.
        """
        _check(flags)
        with _bytes_of(data) as view, view.cast("B") as plain:
            return self._send_(plain, flags, owners_of([data]))

    def _send_(self, plain: memoryview, flags: int, read: tuple[Footprint, ...]) -> int:
        sent = self._send_some_(plain, flags, read, None)
        left = len(plain) - sent
        waits = self._timeout_ is None and not flags & _real.MSG_DONTWAIT
        if left and waits and runtime.current().choose(2) == 0:
            return sent + self._send_rest_(plain[sent:], flags, None)
        recorder = runtime.current().recorder
        if left and recorder is not None:
            recorder.say(f"{sent} of the {len(plain)} bytes")
        return sent

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """As in CPython."""
        _check(flags)
        begun = runtime.current().clock.now
        with _bytes_of(data) as view, view.cast("B") as plain:
            sent = self._send_some_(plain, flags, owners_of([data]), None)
            until = begun + self._timeout_ if self._timeout_ else None
            self._send_rest_(plain[sent:], flags, until)

    def _send_rest_(self, plain: memoryview, flags: int, until: float | None) -> int:
        sent = 0
        while sent < len(plain):
            sent += self._send_some_(plain[sent:], flags, (), until)
        return sent

    def _send_some_(
        self, plain: memoryview, flags: int, read: tuple[Footprint, ...], until: float | None
    ) -> int:
        if is_quiet():
            return _without_a_step(self, end_of(self._core_), plain)
        connected = self._end_("send", errno.EPIPE)
        execution = runtime.current()

        def act() -> int:
            recorder = execution.recorder
            if recorder is not None:
                recorder.say(_shown(plain))
            try:
                return connected.send(plain)
            finally:
                self._touched_(*connected.sent(), *read)

        return self._wait_(
            "send", (*connected.will_send(), *read), connected.writable, act,
            until=until, at_once=bool(flags & _real.MSG_DONTWAIT),
        )  # fmt: skip

    def sendmsg(
        self, buffers: Any, ancdata: Any = (), flags: int = 0, address: Any = None, /
    ) -> int:
        """As in CPython, without ancillary data."""
        if tuple(ancdata) or address is not None:
            refuse("ancillary data of sockets")
        return self.send(b"".join(bytes(each) for each in buffers), flags)

    def recvmsg(self, bufsize: int, ancbufsize: int = 0, flags: int = 0, /) -> Any:
        """As in CPython, without ancillary data."""
        return self.recv(bufsize, flags), [], 0, None


def _without_a_step(handle: Calls, end: End | None, plain: memoryview) -> int:
    """What a file object that nobody refers to any more had not written yet."""
    if end is not None and handle._fd_ >= 0 and end.writable() and not end.refuses():
        touched = end.will_send()
        end.send(plain)
        runtime.current().turned_out(None, handle_of(handle._core_), *touched)
    return len(plain)


def _bytes_of(data: Any) -> memoryview:
    try:
        return memoryview(data)
    except TypeError:
        kind = type(data).__name__
        raise TypeError(f"a bytes-like object is required, not '{kind}'") from None


def _check(flags: int) -> None:
    if flags & ~_FLAGS:
        refuse(f"the flags {flags:#x} of a socket's call")


def _tell(data: bytes, there: int) -> None:
    """Tells the recorder what has arrived, and of how much."""
    recorder = runtime.current().recorder
    if recorder is None:
        return
    shown = _shown(data)
    if len(data) < there:
        shown += f" ({len(data)} of the {there} bytes there)"
    recorder.say(shown if data else "b'' (the end)")


def _shown(data: bytes | memoryview) -> str:
    return repr(bytes(data)) if len(data) <= _SHORT else f"{len(data)} bytes"
