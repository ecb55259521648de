"""`multiprocessing.Queue`, `JoinableQueue` and `SimpleQueue`, under control.

Behaviour and messages are those of `Lib/multiprocessing/queues.py`. A queue is a bounded pipe;
each process that puts has a buffer and a feeder (see `feeder`).
"""

from __future__ import annotations

from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.part import Part
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.channels import Channel
from grader.standins.multiprocessing.conditions import Waiter, doze, wake
from grader.standins.multiprocessing.errors import Empty, Full, require
from grader.standins.multiprocessing.feeder import Entry, Feeder
from grader.standins.multiprocessing.pickling import Arrival, check_spawning, dumps, loads
from grader.standins.multiprocessing.semaphores import SEM_VALUE_MAX
from grader.standins.multiprocessing.tokens import Tokens
from grader.standins.multiprocessing.world import announce, created, note

PUT: Final = Part("put")
GET: Final = Part("get")
TASKS: Final = Part("tasks")


class Core:
    """What the processes of one queue have in common."""

    _controlled_ = True

    def __init__(self, maxsize: int) -> None:
        self.maxsize = maxsize
        self.channel = Channel()
        self.places = Tokens(self, maxsize)  # to put into
        self.bounded = maxsize < SEM_VALUE_MAX
        self.unfinished = 0
        self.joiners: list[Waiter] = []

    def give_place_back(self) -> tuple[Footprint, ...]:
        """One place more; what that touches, if anybody may wait for it."""
        touched = self.places.give()
        return touched if self.bounded else ()


class Queue:
    """One process's handle of a queue: first in, first out."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_closed", "_core_", "_feeder_", "_maxsize")

    def __init__(self, maxsize: int = 0, *, ctx: Any = None) -> None:
        self._begin_(Core(maxsize if maxsize > 0 else SEM_VALUE_MAX))
        created(self)

    def _begin_(self, core: Core) -> None:
        self._core_ = core
        self._maxsize = core.maxsize
        self._closed = False
        self._feeder_ = Feeder(core)

    def _travel_(self, child: Modelled | None) -> Arrival:
        check_spawning(self, child)
        kind, core = type(self), self._core_

        def arrive() -> Queue:
            queue = kind.__new__(kind)
            queue._begin_(core)
            return queue

        return arrive

    def __repr__(self) -> str:
        return f"<multiprocessing.queues.{type(self).__name__} object>"

    def _check_open_(self) -> None:
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")

    # -- putting -----------------------------------------------------------------------------

    def put(self, obj: Any, block: bool = True, timeout: float | None = None) -> None:
        """As in CPython: into this process's buffer; it raises `Full` only for want of a place."""
        self._check_open_()
        core, feeder = self._core_, self._feeder_
        execution = runtime.current()
        places = core.places
        waits = bool(block) and (timeout is None or timeout > 0)
        bounded = core.bounded
        announce(
            "put",
            (
                *feeder.queued.will_give(), *self._unfinished_(),
                *(places.will_take() if bounded else ()),
            ),
            (lambda: bool(places)) if bounded and waits else None,
            timeout if waits else None,
        )  # fmt: skip
        note(obj)
        if not places:
            execution.touched((core, PUT, READ), *places.look())
            raise Full
        taken = places.take(waited=waits)
        feeder.buffer.append(Entry(obj))
        self._add_task_()
        execution.touched(
            *feeder.queued.give(), *self._unfinished_(),
            *(taken if bounded else ()),
        )  # fmt: skip
        feeder.start()

    def put_nowait(self, obj: Any) -> None:
        """As in CPython."""
        self.put(obj, block=False)

    def _unfinished_(self) -> tuple[Footprint, ...]:
        return ()

    def _add_task_(self) -> None:
        pass

    # -- getting -----------------------------------------------------------------------------

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As in CPython."""
        self._check_open_()
        core = self._core_
        channel = core.channel
        execution = runtime.current()
        waits = bool(block) and (timeout is None or timeout > 0)
        first = (core, GET, WRITE)
        announce(
            "get",
            (first, *channel.will_read(), *(core.places.will_give() if core.bounded else ())),
            (lambda: bool(channel.items)) if waits else None,
            timeout if waits else None,
        )
        if not channel.items:
            execution.touched((core, GET, READ), *channel.items.look())
            raise Empty
        data, touched = channel.read(waited=waits)
        execution.touched(first, *touched, *core.give_place_back())
        obj = loads(data)
        note(obj)
        return obj

    def get_nowait(self) -> Any:
        """As in CPython."""
        return self.get(block=False)

    # -- looking -----------------------------------------------------------------------------

    def qsize(self) -> int:
        """As in CPython: what was put and not yet got, in whatever buffer it is."""
        core = self._core_
        announce("qsize", ((core, None, READ), (core.channel, None, READ)))
        size = core.places.taken - core.places.given + core.maxsize
        note(size)
        return size

    def empty(self) -> bool:
        """As in CPython: whether the pipe is empty, which says nothing about buffers."""
        if self._closed and self._feeder_.task is not None:
            raise OSError("handle is closed")  # the feeder does that, once there is one
        items = self._core_.channel.items
        announce("empty", ((self._core_, GET, READ), *items.will_look()))
        runtime.current().touched((self._core_, GET, READ), *items.look())
        note(not items)
        return not items

    def full(self) -> bool:
        """As in CPython."""
        core = self._core_
        announce("full", ((core, None, READ), (core.channel, None, READ)))
        note(not core.places)
        return not core.places

    # -- ending ------------------------------------------------------------------------------

    def close(self) -> None:
        """As in CPython: this process puts and gets no more; what is in its buffer goes out."""
        self._closed = True

    def join_thread(self) -> None:
        """As in CPython: waits until the buffer of this process is empty."""
        require(self._closed, f"Queue {self!r} not closed")
        self._feeder_.flush()

    def cancel_join_thread(self) -> None:
        """As in CPython: the process may end with items in its buffer, which are lost then."""
        self._feeder_.waits_at_exit = False


class JoinableQueue(Queue):
    """A queue that counts unfinished tasks."""

    _controlled_ = True
    __slots__ = ()

    def _unfinished_(self) -> tuple[Footprint, ...]:
        return ((self._core_, TASKS, WRITE),)

    def _add_task_(self) -> None:
        self._core_.unfinished += 1

    def task_done(self) -> None:
        """As in CPython."""
        core = self._core_
        execution = runtime.current()
        announce("task-done", ((core, TASKS, WRITE | FREES),))
        if core.unfinished <= 0:
            execution.turned_out(READ)
            raise ValueError("task_done() called too many times")
        core.unfinished -= 1
        if not core.unfinished:
            wake(execution, core, core.joiners, len(core.joiners))

    def join(self) -> None:
        """As in CPython: waits until there has been a moment without unfinished tasks."""
        core = self._core_
        execution = runtime.current()
        announce("join", ((core, TASKS, WRITE),))
        if not core.unfinished:
            execution.turned_out(READ)
            return
        waiter = Waiter()
        core.joiners.append(waiter)
        doze(execution, core, waiter, READ, None)


class SimpleQueue:
    """One process's handle of a pipe with a lock at each side."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_closed_", "_core_")

    def __init__(self, *, ctx: Any = None) -> None:
        self._core_ = Core(SEM_VALUE_MAX)
        self._closed_ = False
        created(self)

    def _travel_(self, child: Modelled | None) -> Arrival:
        check_spawning(self, child)
        core = self._core_

        def arrive() -> SimpleQueue:
            queue = SimpleQueue.__new__(SimpleQueue)
            queue._core_ = core
            queue._closed_ = False
            return queue

        return arrive

    def __repr__(self) -> str:
        return "<multiprocessing.queues.SimpleQueue object>"

    def close(self) -> None:
        """As in CPython."""
        self._closed_ = True

    def _check_open_(self) -> None:
        if self._closed_:
            raise OSError("handle is closed")

    def empty(self) -> bool:
        """As in CPython."""
        self._check_open_()
        items = self._core_.channel.items
        announce("empty", ((self._core_, GET, READ), *items.will_look()))
        runtime.current().touched((self._core_, GET, READ), *items.look())
        note(not items)
        return not items

    def get(self) -> Any:
        """As in CPython."""
        self._check_open_()
        channel = self._core_.channel
        first = (self._core_, GET, WRITE | NEEDS_FREE)
        announce("get", (first, *channel.will_read()), lambda: bool(channel.items))
        data, touched = channel.read()
        runtime.current().touched(first, *touched)
        obj = loads(data)
        note(obj)
        return obj

    def put(self, obj: Any) -> None:
        """As in CPython: straight into the pipe, and waits while it is full."""
        data = dumps(obj)
        self._check_open_()
        channel = self._core_.channel
        first = (self._core_, PUT, WRITE | FREES)
        announce("put", (first, *channel.will_write(len(data))), channel.has_room)
        note(obj)
        message, touched = channel.write(data)
        runtime.current().touched(first, *touched)
        channel.finish(first, message)
