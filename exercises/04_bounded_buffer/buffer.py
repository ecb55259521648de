"""A buffer for a limited number of items, between threads that put and threads that get."""

import threading
from collections import deque
from typing import Any


class Closed(Exception):
    """The buffer is closed: nothing can be put in, or nothing is left to get."""


class BoundedBuffer:
    """A first-in-first-out buffer for at most ``capacity`` items; ``capacity`` is at least 1.

    Any number of threads may put and get at the same time. Items may be any objects, ``None`` too.
    Every item whose ``put`` returned is got exactly once, if enough ``get`` are made; an item whose
    ``put`` raised is never got. ``len(buffer)`` is how many items are inside now, never more than
    ``capacity``.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._items: deque[Any] = deque()
        self._closed = False
        self._changed = threading.Condition()

    def put(self, item: Any) -> None:
        """Wait while the buffer is full, then add ``item``.

        If the buffer is closed, before the call or while it waits, raises ``Closed`` and adds
        nothing. With a free place no ``put`` waits for ever.
        """
        with self._changed:
            if self._closed:
                raise Closed("the buffer is closed")
            if len(self._items) == self._capacity:
                self._changed.wait()
            self._items.append(item)
            self._changed.notify()

    def get(self) -> Any:
        """Wait while the buffer is empty and open, then take out the oldest item and return it.

        After ``close`` the items still inside are handed out as usual; when none is left, raises
        ``Closed``, also in the threads that were already waiting. With an item inside no ``get``
        waits for ever.
        """
        with self._changed:
            if not self._items:
                if self._closed:
                    raise Closed("the buffer is closed and empty")
                self._changed.wait()
            item = self._items.popleft()
            self._changed.notify()
            return item

    def close(self) -> None:
        """Close the buffer, without waiting. It may be closed several times."""
        with self._changed:
            self._closed = True

    def __len__(self) -> int:
        return len(self._items)
