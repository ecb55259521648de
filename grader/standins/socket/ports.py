"""The ports of the modelled machine: who has bound which, who listens, and who waits to be
accepted. All processes see the same ones.

A port is taken as long as a socket that is bound to it is open, or a connection that was accepted
on it is not over on both sides. The side that closed first keeps its port for another minute
(TIME_WAIT), in which only sockets with SO_REUSEADDR on both occasions can bind it again.
"""

from __future__ import annotations

import errno
import socket as _real
from collections import deque
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.part import Part
from grader.standins.multiprocessing.tokens import Tokens
from grader.standins.socket.files import File, error_of

if TYPE_CHECKING:
    from grader.standins.socket.connections import End

TIME_WAIT: Final = 60.0  # seconds that a port stays taken, as on Linux
LISTENING: Final = Part("listening")
SPACE: Final = Part("space")
WILDCARDS: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - modelled: nothing is bound for real
_FIRST_PORT: Final = 49_152
_PORTS: Final = 16_384
_PER_TASK: Final = 64

Address: TypeAlias = Any
"""As CPython's: a tuple that begins with host and port, or a path."""


class _AnyClaim(Part):
    """All claims of a port, for an operation that asks whether it is free."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is tuple and other[:1] == ("claim",))

    __hash__ = Part.__hash__


class _Tight(Part):
    """The places in the queue of a listener, only where they may be short."""

    __slots__ = ("_slot",)

    def __init__(self, slot: Slot) -> None:
        super().__init__("space")
        self._slot = slot

    def __eq__(self, other: object) -> bool:
        return self is other or (other is SPACE and self._slot.is_tight())

    __hash__ = Part.__hash__


class Slot:
    """One port (or path): what is bound to it, and its queue of new connections."""

    _controlled_ = True
    _word_ = "port"
    __slots__ = ("any_claim", "claims", "listener", "tight", "tokens")

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.listener: Listener | None = None
        self.tokens = Tokens(self)  # connections, waiting to be accepted
        self.any_claim = _AnyClaim("claims")
        self.tight = _Tight(self)

    def is_tight(self) -> bool:
        """Whether a new connection may have to wait for accepts."""
        return self.listener is not None and self.listener.total > self.listener.backlog

    def listening(self, host: str) -> Listener | None:
        """Who listens at this address."""
        found = self.listener
        if found is None or found.host in WILDCARDS or host in WILDCARDS | {found.host}:
            return found
        return None

    def binding(self) -> Footprint:
        """What it touches to bind this port."""
        return (self, self.any_claim, WRITE)

    def watch(self) -> Footprint:
        """What it touches to look who listens."""
        return (self, LISTENING, READ | NEEDS_FREE)

    def check(self, host: str, *, reuse: bool, now: float) -> None:
        """Raises EADDRINUSE if the port is taken at this address."""
        for claim in self.claims:
            over = claim.until is not None and claim.until <= now
            apart = claim.host != host and not WILDCARDS & {claim.host, host}
            if not over and not apart and not (reuse and claim.reuse and not claim.listening):
                raise error_of(errno.EADDRINUSE)


class Claim:
    """One socket that has a port."""

    __slots__ = ("host", "listening", "path", "reuse", "slot", "until")

    def __init__(self, slot: Slot, host: str, *, reuse: bool) -> None:
        self.slot = slot
        self.host = host
        self.reuse = reuse
        self.listening = False
        self.path = False  # a file of this name: it stays until somebody removes it
        self.until: float | None = None  # the virtual second at which it ends; None: not yet known
        slot.claims.append(self)

    def changing(self) -> tuple[Footprint, ...]:
        """What it touches when the claim changes: those of different sockets commute."""
        return ((self.slot, ("claim", self), WRITE),)

    def linger(self) -> None:
        """The socket is over, its port is not free at once."""
        if self.until is None:
            self.until = runtime.current().clock.now + TIME_WAIT

    def drop(self) -> None:
        """The socket is over."""
        if self in self.slot.claims and not self.path:
            self.slot.claims.remove(self)


class Listener:
    """What a socket is after `listen`."""

    def __init__(self, file: File, slot: Slot, host: str, backlog: int) -> None:
        self.file = file
        self.slot = slot
        self.host = host
        self.backlog = max(backlog, 0)
        self.total = 0  # connections ever made
        self.queue: deque[End] = deque()

    def has_room(self) -> bool:
        """Whether another connection can be made: Linux takes one more than the backlog."""
        return len(self.queue) <= self.backlog

    def releasing(self) -> tuple[Footprint, ...]:
        """As in `Body`."""
        return (
            (self.slot, LISTENING, WRITE | FREES), *self.slot.tokens.will_take(),
            *self.file.claim.changing(),
            *(each for end in self.queue for each in end.releasing()),
        )  # fmt: skip

    def release(self) -> None:
        """As in `Body`: those who wait to be accepted are turned away."""
        self.slot.listener = None
        self.file.claim.listening = False
        while self.queue:
            self.slot.tokens.take()
            self.queue.popleft().turn_away()

    def readable(self) -> bool:
        """As in `Body`."""
        return bool(self.queue)

    def writable(self) -> bool:
        """As in `Body`."""
        return False

    def watch_reading(self) -> tuple[Footprint, ...]:
        """As in `Body`."""
        return (*self.slot.tokens.will_look(), (self.slot, LISTENING, READ | NEEDS_FREE))

    def watch_writing(self) -> tuple[Footprint, ...]:
        """As in `Body`."""
        return ()


def slot_of(execution: Execution, family: int, kind: int, place: object) -> Slot:
    """The slot of a port number or a path."""
    slots: dict[tuple[int, int, object], Slot] = execution.state.setdefault("ports", {})
    key = (int(family), int(kind), place)
    found = slots.get(key)
    if found is None:
        found = slots[key] = Slot()
    return found


def next_port(execution: Execution) -> int:
    """A port for one who asked for any. Each task has numbers of its own, so that none depends on
    what other tasks do.
    """
    task = execution.running
    count: int = task.local.get("ports", 0)
    task.local["ports"] = count + 1
    return _FIRST_PORT + (task.id * _PER_TASK + count) % _PORTS


def any_address(family: int, port: int, host: str | None = None) -> Address:
    """An address of this machine, in the form of the family; without a host: the wildcard."""
    if family == _real.AF_INET6:
        return (host or "::", port, 0, 0)
    return (host or "0.0.0.0", port)  # noqa: S104 - modelled
