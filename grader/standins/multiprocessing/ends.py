"""The ends of pipes: which process has which of them open.

An end is shared by all processes that inherited it; it is closed for the other side only when the
last process has closed it. That is what makes a reader wait for ever when its own process, or
another child, still has the writing end open.
"""

from __future__ import annotations

from grader.engine.execution import Execution
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.part import Part
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.channels import Channel

_KEY_PARTS = 3
SENDING = Part("sending")
RECEIVING = Part("receiving")


class _Holders(Part):
    """All who have an end open, for an operation that finds out whether there are any."""

    __slots__ = ("_end",)

    def __init__(self, end: End) -> None:
        super().__init__("holders")
        self._end = end

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(other) is tuple and len(other) == _KEY_PARTS and other[1] is self._end
        )

    __hash__ = Part.__hash__


class End:
    """One end of a pipe, the same object in all processes. It reads from one channel, or writes
    to one, or both.
    """

    _controlled_ = True
    __slots__ = ("_holders_key", "holders", "number", "other", "reads", "writes")

    def __init__(self, number: int) -> None:
        self.number = number  # stands for the file descriptor
        self.reads: Channel | None = None
        self.writes: Channel | None = None
        self.other: End = self  # set by `pipe`
        self.holders: dict[object, int] = {}  # process id (or a message on its way): handles
        self._holders_key = _Holders(self)

    @property
    def open(self) -> bool:
        """Whether any process has it open, or it is on its way to one."""
        return bool(self.holders)

    def is_broken(self) -> bool:
        """Whether nobody has the other end open."""
        return not self.other.holders

    def hold(self, holder: object) -> None:
        """One more handle of that holder."""
        self.holders[holder] = self.holders.get(holder, 0) + 1

    def drop(self, holder: object) -> None:
        """One handle less."""
        left = self.holders.get(holder, 0) - 1
        if left > 0:
            self.holders[holder] = left
        else:
            self.holders.pop(holder, None)

    def closing(self, holder: object) -> Footprint:
        """What it touches when `holder` closes it: closings by different holders commute."""
        return (self, ("holder", self, holder), WRITE | FREES)

    def sending(self) -> Footprint:
        """The first footprint of a write: the end is what people see. Writes to one end conflict
        anyway.
        """
        return (self, SENDING, WRITE | FREES)

    def receiving(self) -> Footprint:
        """The first footprint of a read."""
        return (self, RECEIVING, WRITE | NEEDS_FREE)

    def watching(self) -> Footprint:
        """What it touches to find out whether anybody has this end open."""
        return (self, self._holders_key, READ | NEEDS_FREE)


def pipe(execution: Execution, *, duplex: bool) -> tuple[End, End]:
    """Two ends that belong together; the first one reads."""
    known = all_ends(execution)
    first, second = End(len(known) + 3), End(len(known) + 4)
    first.other, second.other = second, first
    first.reads = second.writes = Channel()
    if duplex:
        first.writes = second.reads = Channel()
    known += (first, second)
    return first, second


def all_ends(execution: Execution) -> list[End]:
    """The ends of all pipes ever made in this execution."""
    found: list[End] = execution.state.setdefault("pipe ends", [])
    return found


def closing(execution: Execution, modelled: Modelled) -> tuple[Footprint, ...]:
    """What it touches when a process ends: the ends and the sockets that it has open."""
    table = modelled.state.get("descriptors")
    return (
        *(end.closing(modelled.id) for end in all_ends(execution) if modelled.id in end.holders),
        *(() if table is None else table.closing()),
    )


def close_all(execution: Execution, modelled: Modelled) -> None:
    """Closes what a process has open."""
    for end in all_ends(execution):
        end.holders.pop(modelled.id, None)
    table = modelled.state.get("descriptors")
    if table is not None:
        table.close_all(modelled.tasks)
