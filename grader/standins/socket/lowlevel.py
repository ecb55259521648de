"""The stand-in of `_socket`, on which CPython's own `socket` module runs: names, listening,
connecting and options.
"""

from __future__ import annotations

import errno
import re
import socket as _real
import struct
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.standins.missing import refuse
from grader.standins.multiprocessing.world import created
from grader.standins.socket import addresses
from grader.standins.socket.addresses import parse
from grader.standins.socket.connections import CAPACITY, End, connection, end_of
from grader.standins.socket.files import (
    File,
    error_of,
    extend_looks,
    file_of,
    open_file,
)
from grader.standins.socket.ports import (
    LISTENING,
    SPACE,
    WILDCARDS,
    Address,
    Claim,
    Listener,
    Slot,
    any_address,
    next_port,
    slot_of,
)
from grader.standins.socket.transfer import Transfer

_STREAMS: Final = frozenset({_real.AF_INET, _real.AF_INET6, _real.AF_UNIX})
_KIND_BITS: Final = 0xF
_REUSE: Final = (_real.SOL_SOCKET, _real.SO_REUSEADDR)
_TIMES: Final = (_real.SO_RCVTIMEO, _real.SO_SNDTIMEO)
_LINGER_SIZE: Final = 8
_UNPACKED: Final = re.compile(r"\s*(?:self\.)?(\w+)\s*,[^=]*=.*\baccept\(")


class Socket(Transfer):
    """CPython's `_socket.socket`."""

    __slots__ = ()

    def __init__(
        self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None  # noqa: A002 - CPython's name
    ) -> None:  # fmt: skip
        if fileno is not None:
            super().__init__(file_of(fileno), fileno)
            return
        family = int(_real.AF_INET) if family == -1 else int(family)
        kind = int(_real.SOCK_STREAM) if type == -1 else int(type)
        if family not in _STREAMS:
            refuse(f"the address family {family} of sockets")
        if kind & _KIND_BITS != _real.SOCK_STREAM:
            refuse(f"{_real.SocketKind(kind & _KIND_BITS).name} (sockets that are no streams)")
        file = File(family, kind & _KIND_BITS, max(int(proto), 0))
        super().__init__(file, None)
        if kind & getattr(_real, "SOCK_NONBLOCK", 0):
            self._timeout_ = 0.0
        created(file)

    # -- binding and listening ---------------------------------------------------------------

    def _slot_(self, address: Address) -> Slot:
        place = address[1] if self._core_.family in addresses.INET else address
        return slot_of(runtime.current(), self._core_.family, self._core_.kind, place)

    def bind(self, address: Any, /) -> None:
        """As in CPython."""
        file = self._core_
        wanted = parse(file.family, address, "bind")
        self._bind_("bind", wanted)

    def _bind_(self, kind: str, wanted: Address) -> None:
        """Binds the address, or for port 0 the first one that is free."""
        execution, file = runtime.current(), self._core_
        inet = file.family in addresses.INET
        free = not inet or wanted[1] == 0
        while True:
            name = wanted
            if inet and free:
                name = any_address(file.family, next_port(execution), wanted[0])
            slot = self._slot_(name)
            self._step_(kind, WRITE, (slot.binding(),))
            if file.bound is not None or file.connected is not None:
                self._touched_()
                raise error_of(errno.EINVAL)
            host = name[0] if inet else ""
            reuse = bool(file.options.get(_REUSE))
            try:
                slot.check(host, reuse=reuse, now=execution.clock.now)
            except OSError:
                if inet and free:
                    continue
                raise
            file.claim = Claim(slot, host, reuse=reuse)
            file.claim.path = isinstance(name, str) and not name.startswith("\0")
            file.bound = name
            return

    def listen(self, backlog: int = 128, /) -> None:
        """As in CPython."""
        file = self._core_
        if file.bound is None and file.connected is None and self._fd_ >= 0:
            self._bind_("bind", any_address(file.family, 0))
        slot = file.claim.slot if file.claim is not None else None
        also = () if slot is None else ((slot, LISTENING, WRITE | FREES), *file.claim.changing())
        self._step_("listen", WRITE | FREES, also)
        if isinstance(file.connected, Listener):
            file.connected.backlog = max(backlog, 0)
            return
        if file.connected is not None or slot is None:
            raise error_of(errno.EINVAL)
        if slot.listener is not None:
            if slot.listener.host != file.claim.host:
                refuse("two listeners at different addresses with one port")
            raise error_of(errno.EADDRINUSE)
        file.connected = slot.listener = Listener(file, slot, file.claim.host, backlog)
        file.claim.listening = True
        extend_looks(runtime.current(), file)

    def _accept(self) -> tuple[int, Address]:
        """As in CPython: a descriptor, and the address of the other side."""
        file = self._core_
        while not isinstance(found := file.connected, Listener):
            self._step_("accept")
            if not isinstance(file.connected, Listener):
                raise error_of(errno.EINVAL)
        listener = found
        slot = listener.slot

        def able() -> bool:
            return bool(listener.queue) or file.connected is not listener

        def act() -> tuple[int, Address]:
            watch = (slot, LISTENING, READ | NEEDS_FREE)
            if file.connected is not listener:  # shut down
                self._touched_(watch)
                # It listens again: one who had not begun its call by then does it now.
                if isinstance(file.connected, Listener) and runtime.current().choose(2):
                    return self._accept()
                raise error_of(errno.EINVAL)
            # One who does not wait for ever could have come before the connection.
            taken = slot.tokens.take(waited=self._timeout_ is None)
            self._touched_(watch, *taken, (slot, SPACE, WRITE | FREES))
            end = listener.queue.popleft()
            accepted = File(file.family, file.kind, file.proto)
            accepted.options = dict(file.options)
            accepted.bound, accepted.connected = end.name, end
            _name_accepted(accepted)
            return open_file(accepted), end.peer.name

        also = (
            (slot, LISTENING, READ | NEEDS_FREE), *slot.tokens.will_take(),
            (slot, SPACE, WRITE | FREES),
        )  # fmt: skip
        return self._wait_("accept", also, able, act)

    # -- connecting --------------------------------------------------------------------------

    def connect(self, address: Any, /) -> None:
        """As in CPython."""
        number = self._connect_(parse(self._core_.family, address, "connect"))
        if number:
            raise error_of(number)

    def connect_ex(self, address: Any, /) -> int:
        """As in CPython."""
        try:
            return self._connect_(parse(self._core_.family, address, "connect"))
        except TimeoutError:
            return errno.EAGAIN
        except OSError as error:
            return error.errno or errno.EIO

    def _connect_(self, there: Address) -> int:
        """Connects; the number of the error, or 0."""
        file = self._core_
        slot = self._slot_(there)
        host = there[0] if file.family in addresses.INET else ""

        def waits() -> bool:
            return self._timeout_ != 0.0

        def able() -> bool:
            found = slot.listening(host)
            return not waits() or file.connected is not None or found is None or found.has_room()

        def act() -> int:
            if file.connected is not None or file.error:
                self._touched_(mode=WRITE)
                return self._connected_already_()
            listener = slot.listening(host)
            if listener is None:
                self._touched_(slot.watch(), mode=WRITE)
                if file.family not in addresses.INET:
                    return errno.ECONNREFUSED if slot.claims else errno.ENOENT
                if waits():
                    return errno.ECONNREFUSED
                file.error = errno.ECONNREFUSED
                return errno.EINPROGRESS
            touched = self._link_(listener, there)
            self._touched_(slot.watch(), *touched, mode=WRITE | FREES)
            if waits() or file.family not in addresses.INET:
                return 0
            file.in_progress = True
            return errno.EINPROGRESS

        also = (
            slot.watch(), *slot.tokens.will_give(), (slot, slot.tight, READ | NEEDS_FREE),
            (slot, ("claim", None), WRITE),
        )  # fmt: skip
        return self._wait_("connect", also, able, act, mode=WRITE | FREES)

    def _connected_already_(self) -> int:
        file = self._core_
        number, file.error = file.error, 0
        if number:
            return number
        told, file.in_progress = not file.in_progress, False
        return errno.EISCONN if told else 0

    def _link_(self, listener: Listener, there: Address) -> tuple[Footprint, ...]:
        """Makes the connection; what that touches at the listener's side."""
        execution, file, slot = runtime.current(), self._core_, listener.slot
        inet = file.family in addresses.INET
        if file.bound is None:
            if inet:
                file.bound = any_address(file.family, next_port(execution), there[0])
            else:
                file.bound = ""
        elif inet and file.bound[0] in WILDCARDS:
            file.bound = any_address(file.family, file.bound[1], there[0])
        one, other = connection(file.bound, there, local=not inet)
        claims: tuple[Footprint, ...] = ()
        if inet:
            other.claim = Claim(slot, there[0], reuse=bool(listener.file.options.get(_REUSE)))
            claims = ((slot, ("claim", None), WRITE),)
        space = ((slot, SPACE, READ | NEEDS_FREE),) if slot.is_tight() else ()
        listener.total += 1
        listener.queue.append(other)
        file.connected = one
        # Closing either socket, if that is announced already, would now touch the connection.
        for closed, end in ((file, one), (listener.file, other)):
            for footprint in end.releasing():
                execution.extend_pending(closed, footprint)
        extend_looks(execution, file)
        return (*slot.tokens.give(), *space, *claims)

    # -- names -------------------------------------------------------------------------------

    def getsockname(self) -> Address:
        """As in CPython."""
        file = self._core_
        self._step_("getsockname")
        if file.bound is not None:
            return file.bound
        return any_address(file.family, 0) if file.family in addresses.INET else ""

    def getpeername(self) -> Address:
        """As in CPython."""
        end = end_of(self._core_)
        also = () if end is None else (*end.watch_reading(), *end.watch_writing())
        self._step_("getpeername", READ, tuple((where, key, READ) for where, key, _ in also))
        if end is None or end.is_over():
            raise error_of(errno.ENOTCONN)
        return end.peer.name

    # -- shutting down -----------------------------------------------------------------------

    def shutdown(self, how: int, /) -> None:
        """As in CPython."""
        file = self._core_
        body = file.connected
        also: tuple[Footprint, ...] = ()
        if isinstance(body, End):
            also = body.shutting(reading=how != _real.SHUT_WR)
        elif body is not None:
            also = body.releasing()
        self._step_("shutdown", READ if isinstance(body, End) else WRITE | FREES, also)
        if how not in (_real.SHUT_RD, _real.SHUT_WR, _real.SHUT_RDWR):
            raise error_of(errno.EINVAL)
        reading, writing = how != _real.SHUT_WR, how != _real.SHUT_RD
        if isinstance(body, End):
            body.shut(reading=reading, writing=writing)
        elif isinstance(file.connected, Listener):
            if reading:
                file.connected.release()
                file.connected = None
        elif file.family in addresses.INET:
            raise error_of(errno.ENOTCONN)

    # -- options -----------------------------------------------------------------------------

    def setsockopt(self, level: int, optname: int, value: Any, optlen: Any = None, /) -> None:
        """As in CPython: kept; SO_REUSEADDR and SO_LINGER have an effect."""
        if level == _real.SOL_SOCKET and optname in _TIMES:
            refuse("the socket options SO_RCVTIMEO and SO_SNDTIMEO")
        v6_only = getattr(_real, "IPV6_V6ONLY", None)
        if level == getattr(_real, "IPPROTO_IPV6", None) and optname == v6_only and not value:
            raise error_of(errno.EINVAL)  # there is no dual stack here
        file = self._core_
        end = end_of(file)
        self._step_("setsockopt", WRITE)
        number = isinstance(value, int)
        file.options[level, optname] = int(value) if number else bytes(value or b"")
        if (level, optname) == _REUSE and file.claim is not None:
            file.claim.reuse = bool(value)
        lingers = (level, optname) == (_real.SOL_SOCKET, _real.SO_LINGER)
        if lingers and end is not None and not isinstance(value, int):
            on, seconds = struct.unpack("ii", bytes(value[:_LINGER_SIZE]))
            end.reset_at_close = bool(on) and seconds == 0

    def getsockopt(self, level: int, optname: int, buflen: int = 0, /) -> Any:
        """As in CPython; the sizes of buffers are those that are modelled."""
        file = self._core_
        end = end_of(file)
        also = () if end is None else end.will_receive()
        error = (level, optname) == (_real.SOL_SOCKET, _real.SO_ERROR)
        self._step_("getsockopt", WRITE if error else READ, also if error else ())
        if error:
            owner: Any = end if end is not None and end.error else file
            number, owner.error = owner.error, 0
            return number
        known: dict[int, int] = {
            _real.SO_TYPE: file.kind, _real.SO_RCVBUF: CAPACITY, _real.SO_SNDBUF: CAPACITY,
            _real.SO_ACCEPTCONN: int(isinstance(file.connected, Listener)),
        }  # fmt: skip
        if level == _real.SOL_SOCKET and optname in known:
            return known[optname]
        value = file.options.get((level, optname), 0)
        if not buflen:
            return value
        return (value if isinstance(value, bytes) else struct.pack("i", value))[:buflen]


def _name_accepted(file: File) -> None:
    """It is called as in `conn, address = server.accept()`."""
    created(file)
    recorder = runtime.current().recorder
    where = None if recorder is None else recorder.locate()
    if recorder is None or where is None or not where.line:
        return
    match = _UNPACKED.match(recorder.sources[where.filename][where.line - 1])
    if match is not None:
        recorder.named(None, match[1], file)
