"""`Queue`, `LifoQueue` and `PriorityQueue`, under control.

Each call is one visible operation, because CPython holds the queue's mutex for the whole of it.
A subclass may override `_init`, `_qsize`, `_put` and `_get`; while such code (or a student's
`__lt__` in a priority queue) runs, other tasks may run too, but nobody else gets into the queue.

Partial-order reduction: `ITEMS` is what put and get change, `TASKS` the count of unfinished ones,
so `task_done` and `get` commute. A put to a queue without bounds touches both at once.
Behaviour and messages are those of `Lib/queue.py` of 3.13, `shutdown` included on every version.
"""

from __future__ import annotations

import types
from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, UNLOCK, WRITE, Footprint
from grader.engine.part import Part
from grader.engine.task import Task
from grader.standins.queue.errors import Empty, Full, ShutDown
from grader.standins.threading.condition import Condition
from grader.standins.threading.mutex import Mutex

ITEMS: Final = Part("items")
TASKS: Final = Part("tasks")
CHANGES: Final = WRITE | NEEDS_FREE | FREES
_PLAIN: Final = (deque, list, set, dict)


def _may_wait(block: bool, timeout: float | None) -> bool:
    if not block or timeout is None:
        return bool(block)
    return not timeout < 0 and timeout != 0


class Queue:
    """First in, first out; at most `maxsize` items when that is positive."""

    _controlled_ = True

    def __init__(self, maxsize: int = 0) -> None:
        self.maxsize = maxsize
        self._inside_: Task | None = None  # who holds the mutex
        self._size_ = 0  # as last told by an overridden `_qsize`
        self._tasks_ = 0
        self._shut_ = False
        self._touched_: tuple[Footprint, ...] = ()  # the container, once students use it directly
        self._mutex_ = Mutex(self)
        self._conditions_: dict[str, Condition] = {}
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)
        self._hold_(self._init, maxsize)

    # -- what can be overridden --------------------------------------------------------------

    def _init(self, maxsize: int) -> None:
        self._container_: Any = deque()

    def _qsize(self) -> int:
        return len(self._container_)

    def _put(self, item: Any) -> None:
        self._container_.append(item)

    def _get(self) -> Any:
        return self._container_.popleft()

    # -- holding the mutex -------------------------------------------------------------------

    def _holders_(self) -> list[Task]:
        return [] if self._inside_ is None else [self._inside_]

    def _open_(self) -> bool:
        return self._inside_ is None

    def _plain_(self) -> bool:
        """Whether the size can be had without calling the student's code."""
        return type(self)._qsize is Queue._qsize and type(self._container_) in _PLAIN

    def _count_(self) -> int:
        return len(self._container_) if self._plain_() else self._size_

    def _hold_(self, function: Callable[..., Any], *args: Any) -> Any:
        """Calls what may be the student's code, with the mutex held."""
        execution = runtime.current()
        self._inside_ = execution.running
        moves = len(execution.log)
        try:
            result = function(*args)
            if not self._plain_():
                self._size_ = self._qsize()
            return result
        finally:
            if len(execution.log) != moves and not execution.over:
                # Others have run in the meantime, and may wait to get in.
                execution.perform("unlock", self, None, UNLOCK)
            self._inside_ = None

    def _perform_(
        self, kind: str, key: object, mode: int, ready: Callable[[], bool],
        timeout: float | None = None, also: tuple[Footprint, ...] = (),
    ) -> None:  # fmt: skip
        execution = runtime.current()
        deadline = None if timeout is None else execution.clock.now + timeout
        execution.perform(
            kind, self, key, mode, ready=ready, deadline=deadline, also=also + self._touched_
        )
        if self._inside_ is not None:
            # The time ran out while somebody had the mutex: one that gives up needs it, too.
            execution.perform(kind, self, key, mode, ready=self._open_, also=also + self._touched_)

    def _note_(self, value: object) -> None:
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.note(value)

    def _changed_nothing_(self, key: object) -> None:
        """The operation under way fails: it has only looked at this side of the queue."""
        runtime.current().touched((self, key, READ), *self._touched_)

    def _signal_(self, name: str) -> None:
        condition = self._conditions_.get(name)
        if condition is not None:
            condition._wake_(runtime.current(), len(condition._waiters_))

    # -- putting and getting -----------------------------------------------------------------

    def _can_put_(self) -> bool:
        return self._inside_ is None and (self._shut_ or self._count_() < self.maxsize)

    def _can_get_(self) -> bool:
        return self._inside_ is None and (self._shut_ or self._count_() > 0)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """As in CPython."""
        if self.maxsize <= 0:
            self._perform_("put", None, CHANGES, self._open_)
        else:
            # Two footprints, because only the items tell whether there is room.
            waits = _may_wait(block, timeout)
            self._perform_(
                "put", ITEMS, CHANGES, self._can_put_ if waits else self._open_,
                timeout if waits else None, ((self, TASKS, WRITE),),
            )  # fmt: skip
        if self._shut_:
            self._changed_nothing_(ITEMS)
            raise ShutDown
        if self.maxsize > 0:
            if block and timeout is not None and timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            if self._count_() >= self.maxsize:
                self._changed_nothing_(ITEMS)
                raise Full
        self._note_(item)
        self._hold_(self._put, item)
        self._tasks_ += 1
        self._signal_("not_empty")

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As in CPython."""
        waits = _may_wait(block, timeout)
        self._perform_(
            "get", ITEMS, CHANGES, self._can_get_ if waits else self._open_,
            timeout if waits else None,
        )  # fmt: skip
        empty = self._count_() == 0
        if empty and self._shut_:
            self._changed_nothing_(ITEMS)
            raise ShutDown
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if empty:
            self._changed_nothing_(ITEMS)
            raise Empty
        item = self._hold_(self._get)
        self._note_(item)
        self._signal_("not_full")
        return item

    def put_nowait(self, item: Any) -> None:
        """As in CPython."""
        self.put(item, block=False)

    def get_nowait(self) -> Any:
        """As in CPython."""
        return self.get(block=False)

    # -- looking -----------------------------------------------------------------------------

    def qsize(self) -> int:
        """As in CPython."""
        self._perform_("qsize", ITEMS, READ, self._open_)
        size: int = self._count_() if self._plain_() else self._hold_(self._qsize)
        self._note_(size)
        return size

    def empty(self) -> bool:
        """As in CPython."""
        return not self.qsize()

    def full(self) -> bool:
        """As in CPython."""
        return 0 < self.maxsize <= self.qsize()

    # -- unfinished tasks --------------------------------------------------------------------

    def task_done(self) -> None:
        """As in CPython."""
        self._perform_("task-done", TASKS, CHANGES, self._open_)
        if self._tasks_ <= 0:
            self._changed_nothing_(TASKS)
            raise ValueError("task_done() called too many times")
        self._tasks_ -= 1
        if not self._tasks_:
            self._signal_("all_tasks_done")

    def join(self) -> None:
        """As in CPython."""
        self._perform_("join", TASKS, READ, lambda: self._inside_ is None and self._tasks_ == 0)

    def shutdown(self, immediate: bool = False) -> None:
        """As in CPython 3.13."""
        self._perform_("shutdown", None, CHANGES, self._open_)
        self._shut_ = True
        if immediate:
            self._hold_(self._drain_)
            self._signal_("all_tasks_done")
        self._signal_("not_empty")
        self._signal_("not_full")

    def _drain_(self) -> None:
        while self._qsize():
            self._get()
            if self._tasks_ > 0:
                self._tasks_ -= 1

    # -- what CPython's queue shows of its inside ----------------------------------------------

    @property
    def queue(self) -> Any:
        """The container. From now on the queue's operations touch it visibly."""
        execution = runtime.current()
        if self._inside_ is not execution.running:
            execution.perform("read", self, ITEMS, READ)
            self._touched_ = ((self._container_, None, WRITE),)
        return self._container_

    @queue.setter
    def queue(self, container: Any) -> None:
        execution = runtime.current()
        if self._inside_ is not execution.running:
            execution.perform("write", self, None, WRITE)
        self._container_ = container

    @property
    def unfinished_tasks(self) -> int:
        """As in CPython."""
        runtime.current().perform("read", self, TASKS, READ)
        return self._tasks_

    @unfinished_tasks.setter
    def unfinished_tasks(self, count: int) -> None:
        runtime.current().perform("write", self, TASKS, CHANGES)
        self._tasks_ = count

    @property
    def is_shutdown(self) -> bool:
        """As in CPython."""
        runtime.current().perform("read", self, None, READ)
        return self._shut_

    @property
    def mutex(self) -> Mutex:
        """As in CPython: who holds it has the queue for itself."""
        return self._mutex_

    def _condition_(self, name: str) -> Condition:
        if name not in self._conditions_:
            self._conditions_[name] = Condition(self._mutex_)
        return self._conditions_[name]

    not_empty = property(lambda self: self._condition_("not_empty"))
    not_full = property(lambda self: self._condition_("not_full"))
    all_tasks_done = property(lambda self: self._condition_("all_tasks_done"))

    __class_getitem__: Any = classmethod(types.GenericAlias)


class LifoQueue(Queue):
    """Last in, first out."""

    _controlled_ = True

    def _init(self, maxsize: int) -> None:
        self._container_ = []

    def _get(self) -> Any:
        return self._container_.pop()


class PriorityQueue(Queue):
    """The smallest item first."""

    _controlled_ = True

    def _init(self, maxsize: int) -> None:
        self._container_ = []

    def _put(self, item: Any) -> None:
        heappush(self._container_, item)

    def _get(self) -> Any:
        return heappop(self._container_)
