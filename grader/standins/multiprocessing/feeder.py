"""The feeder: what moves a queue's items from a process's own buffer into the pipe.

As in CPython it is a thread of the process that puts. So an item that was put is not yet there
for others, and a process that has put a large item cannot end before somebody reads it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.part import Part
from grader.engine.task import Abandoned
from grader.standins.multiprocessing.pickling import dumps
from grader.standins.multiprocessing.tokens import Tokens, only_when
from grader.standins.multiprocessing.world import IDLE, announce, here, note

if TYPE_CHECKING:
    from grader.engine.task import Task
    from grader.standins.multiprocessing.queues import Core

_CONSTANT: Final = (int, float, complex, bool, str, bytes, type(None))
_MOST: Final = 200  # objects of one item that are looked at


class Entry:
    """An item in the buffer: pickled already when it cannot change any more."""

    __slots__ = ("data", "obj")

    def __init__(self, obj: Any) -> None:
        self.obj = obj
        self.data = dumps(obj) if is_constant(obj) else None


def is_constant(obj: Any) -> bool:
    """Whether nobody can change the object, or tell when it is pickled."""
    if type(obj) in (tuple, frozenset):
        return all(is_constant(item) for item in obj)
    return type(obj) in _CONSTANT


def mutable_parts(obj: Any) -> tuple[Footprint, ...]:
    """What pickling `obj` reads: the containers and instances that can be reached from it."""
    found: list[Footprint] = []
    seen: set[int] = set()
    todo = [obj]
    while todo and len(seen) < _MOST:
        each = todo.pop()
        if id(each) in seen or type(each) in _CONSTANT or isinstance(each, type):
            continue
        seen.add(id(each))
        if isinstance(each, dict):
            todo += [*each.keys(), *each.values()]
        elif isinstance(each, (list, tuple, set, frozenset, deque)):
            todo += each
        if not isinstance(each, (tuple, frozenset)):
            found.append((each, None, READ))
            todo += getattr(each, "__dict__", {}).values()
    return tuple(found)


class Feeder:
    """One process's buffer of a queue, and the task that empties it."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.buffer: deque[Entry] = deque()
        self.queued = Tokens(core)
        self.task: Task | None = None
        self.waits_at_exit = True
        self._idle = True  # it has no item in its hands
        self._emptied = Part("buffer")  # what those wait for who wait until all is in the pipe
        # With an empty buffer it conflicts with nothing but a put to that buffer.
        self._waiting = (
            *only_when(lambda: bool(self.buffer), (self._done(), *core.channel.will_write())),
            *self.queued.will_take(),
        )

    def start(self) -> None:
        """Starts the task, once."""
        if self.task is None:
            execution = runtime.current()
            self.task = execution.new_task(
                "QueueFeederThread", execution.running.process, self._live, daemon=True
            )
            self.task.local[IDLE] = self.is_flushed
            here().at_exit.append(self.at_exit)
            execution.start(self.task)

    def is_flushed(self) -> bool:
        """Whether all that was put is in the pipe."""
        return not self.buffer and self._idle

    def flush(self) -> None:
        """Waits until all that was put is in the pipe."""
        if not self.is_flushed():
            announce("flush", ((self.core, self._emptied, READ | NEEDS_FREE),), self.is_flushed)

    def at_exit(self) -> None:
        """Before the process ends."""
        if self.waits_at_exit:
            self.flush()

    # -- the task ----------------------------------------------------------------------------

    def _done(self) -> Footprint:
        return (self.core, self._emptied, WRITE | FREES)

    def _live(self) -> None:
        while True:
            self._feed()

    def _is_ready(self) -> bool:
        if not self.buffer:
            return False
        return self.buffer[0].data is None or self.core.channel.has_room()

    def _feed(self) -> None:
        channel = self.core.channel
        execution = runtime.current()
        announce("feed", self._waiting, self._is_ready)
        entry = self.buffer.popleft()
        taken = self.queued.take()
        note(entry.obj)
        if entry.data is not None:
            message, touched = channel.write(entry.data)
            execution.touched(self._done(), *taken, *touched)
            self._idle = message.complete
        else:
            execution.touched(self._done(), *taken)
            self._idle = False
            data = self._pickle(entry.obj)
            if data is None:
                self._idle = True
                return
            announce("feed", (self._done(), *channel.will_write(len(data))), channel.has_room)
            message, touched = channel.write(data)
            execution.touched(self._done(), *touched)
            self._idle = message.complete
        channel.finish(self._done(), message)
        self._idle = True

    def _pickle(self, obj: Any) -> bytes | None:
        """The item as bytes; None when it cannot be pickled: then it is lost, as in CPython,
        with a traceback on stderr.
        """
        execution = runtime.current()
        announce("pickle", (self._done(), *mutable_parts(obj)))
        try:
            return dumps(obj)
        except Abandoned:
            raise
        except Exception as error:
            if execution.over:
                raise
            execution.state.setdefault("lost items", []).append(error)
            self.core.give_place_back()
            return None
