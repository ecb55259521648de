"""`queue.SimpleQueue`, under control: unbounded, no unfinished tasks, nothing to override."""

from __future__ import annotations

import types
from collections import deque
from typing import Any

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, RELEASE, WRITE
from grader.standins.queue.errors import Empty


class SimpleQueue:
    """First in, first out. `put` never blocks."""

    _controlled_ = True

    def __init__(self) -> None:
        self._items_: deque[Any] = deque()
        execution = runtime.current()
        if execution.recorder is not None:
            execution.recorder.created(self)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """As in CPython: the optional arguments mean nothing."""
        execution = runtime.current()
        execution.perform("put", self, None, RELEASE)
        if execution.recorder is not None:
            execution.recorder.note(item)
        self._items_.append(item)

    def put_nowait(self, item: Any) -> None:
        """As in CPython."""
        self.put(item)

    def _can_get_(self) -> bool:
        return bool(self._items_)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As in CPython."""
        if block and timeout is not None:
            if not isinstance(timeout, (int, float)):
                raise TypeError(
                    f"'{type(timeout).__name__}' object cannot be interpreted as an integer"
                )
            if timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
        execution = runtime.current()
        if not block or timeout == 0:
            execution.perform("get", self, None, WRITE)
        else:
            deadline = None if timeout is None else execution.clock.now + timeout
            execution.perform(
                "get", self, None, WRITE | NEEDS_FREE, ready=self._can_get_, deadline=deadline
            )
        if not self._items_:
            execution.turned_out(READ)
            raise Empty
        item = self._items_.popleft()
        if execution.recorder is not None:
            execution.recorder.note(item)
        return item

    def get_nowait(self) -> Any:
        """As in CPython."""
        return self.get(block=False)

    def qsize(self) -> int:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("qsize", self, None, READ)
        if execution.recorder is not None:
            execution.recorder.note(len(self._items_))
        return len(self._items_)

    def empty(self) -> bool:
        """As in CPython."""
        return self.qsize() == 0

    __class_getitem__: Any = classmethod(types.GenericAlias)
