"""Open sockets of the modelled machine, and which process has them open under which number.

A socket lives as long as a descriptor of some process stands for it, or a call of some task is
inside of it: closing a socket in which another task waits neither wakes that task nor tells the
other side anything, as on Linux.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any, Final, Protocol

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import FREES, KIND, READ, WRITE, Footprint, footprints, with_more
from grader.engine.part import Part
from grader.engine.process import Process as Modelled
from grader.engine.task import Task

HANDLE: Final = Part("handle")  # whether it is open, its names and its options
_TABLE: Final = "descriptors"
_FIRST: Final = 3
_PER_TASK: Final = 1000


class Body(Protocol):
    """What a socket has become: a listener, one end of a connection."""

    def releasing(self) -> tuple[Footprint, ...]:
        """What its end touches."""

    def release(self) -> None:
        """Nobody has it open any more."""

    def readable(self) -> bool:
        """Whether reading (or accepting) would not wait."""

    def writable(self) -> bool:
        """Whether writing would not wait."""

    def watch_reading(self) -> tuple[Footprint, ...]:
        """What it touches to look whether it is readable."""

    def watch_writing(self) -> tuple[Footprint, ...]:
        """What it touches to look whether it is writable."""


class File:
    """An open socket, the same object for all descriptors that stand for it."""

    _controlled_ = True
    _word_ = "socket"
    __slots__ = (
        "again", "bound", "claim", "connected", "error", "family", "in_progress", "inside", "kind",
        "options", "parked", "proto", "refs",
    )  # fmt: skip

    def __init__(self, family: int, kind: int, proto: int) -> None:
        self.family = family
        self.kind = kind
        self.proto = proto
        self.refs = 0  # descriptors of processes, calls inside, messages on their way
        self.connected: Body | None = None
        self.bound: Any = None  # the own address, as `getsockname` gives it
        self.claim: Any = None  # of a port
        self.error = 0  # to be told at the next call
        self.in_progress = False  # a connect without waiting, not asked about yet
        self.options: dict[tuple[int, int], int | bytes] = {}
        self.inside: set[Task] = set()  # wait in a call, though their descriptor is closed
        self.again: set[Task] = set()  # have yet to begin their calls, with another timeout
        # Announced calls that may wait: the handle, and whether the call could go on.
        self.parked: dict[Task, tuple[object, Callable[[], bool]]] = {}

    def fail(self) -> None:
        """Raises the error that is waiting to be told."""
        number, self.error = self.error, 0
        if number:
            raise error_of(number)

    def closing(self) -> tuple[Footprint, ...]:
        """What it touches when a descriptor of it is closed."""
        body = () if self.connected is None else self.connected.releasing()
        claim = () if self.claim is None else self.claim.changing()
        return ((self, HANDLE, WRITE | FREES), *body, *claim)

    def leave_behind(self, execution: Execution, handle: object) -> None:
        """That handle is being closed. A task that is about to wait in a call may already be
        inside, where it stays, or have yet to find the handle closed: a choice.
        """
        for task, (other, able) in list(self.parked.items()):
            waits = other is handle and task is not execution.running and not able()
            if waits and not task.finished and execution.choose(2) == 0:
                self.inside.add(task)
                self.refs += 1

    def begin_again(self, execution: Execution, handle: object) -> None:
        """The timeout of that handle has changed: one who is about to wait in a call may have
        begun it before, or begin it now.
        """
        for task, (other, _) in list(self.parked.items()):
            about_to = other is handle and task is not execution.running and not task.finished
            if about_to and execution.choose(2):
                self.again.add(task)

    def drop(self) -> tuple[Footprint, ...]:
        """One less has it open; what that has touched besides the handle."""
        self.refs -= 1
        if self.refs > 0:
            return ()
        touched = self.closing()[1:]
        if self.connected is not None:
            self.connected.release()
        if self.claim is not None:
            self.claim.drop()
        return touched


class Table:
    """The descriptors of one process."""

    def __init__(self) -> None:
        self.files: dict[int, File] = {}

    def closing(self) -> tuple[Footprint, ...]:
        """What it touches when the process ends."""
        return tuple(each for file in self.files.values() for each in file.closing())

    def close_all(self, tasks: list[Task]) -> None:
        """The process has ended, with all of its tasks."""
        for file in self.files.values():
            left = file.inside.intersection(tasks)
            file.inside -= left
            file.refs -= len(left)
            file.drop()
        self.files = {}


def table_of(process: Modelled) -> Table:
    """The descriptors of that process."""
    found = process.state.get(_TABLE)
    if found is None:
        found = process.state[_TABLE] = Table()
    assert isinstance(found, Table)
    return found


def here() -> Table:
    """The descriptors of the process that is running."""
    return table_of(runtime.current().running.process)


def open_file(file: File) -> int:
    """A new descriptor of the running process. Each task has numbers of its own, which are not
    used again: then no number depends on what other tasks do.
    """
    task = runtime.current().running
    count: int = task.local.get(_TABLE, 0)
    task.local[_TABLE] = count + 1
    number = _FIRST + task.id * _PER_TASK + count
    file.refs += 1
    here().files[number] = file
    return number


def file_of(number: int) -> File:
    """The socket of a descriptor of the running process."""
    found = here().files.get(number)
    if found is None:
        raise error_of(errno.EBADF)
    return found


def extend_looks(execution: Execution, file: File) -> None:
    """The socket has become something: selectors that wait for it will look at that, too."""
    body = file.connected
    assert body is not None
    for task in execution.live:
        _, *also = footprints(task.op)
        if task.op[KIND] == "select" and any(each is file for each, _, _ in also):
            task.op = with_more(task.op, (*also, *body.watch_reading(), *body.watch_writing()))


def error_of(number: int) -> OSError:
    """CPython's exception for an error of the system."""
    return OSError(number, os.strerror(number))


def handle_of(file: File) -> Footprint:
    """What any call on a socket touches."""
    return (file, HANDLE, READ)
