from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Any


class Closed(Exception):
    pass


@dataclass(frozen=True)
class _State:
    """All that a buffer is, as one value that never changes."""

    capacity: int
    items: tuple[Any, ...] = ()
    closed: bool = False

    @property
    def full(self) -> bool:
        return len(self.items) >= self.capacity


@dataclass(init=False, eq=False)
class BoundedBuffer:
    _state: _State
    _changed: threading.Condition = field(repr=False)

    def __init__(self, capacity: int) -> None:
        self._state = _State(capacity)
        self._changed = threading.Condition()

    def _become(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self._changed.notify_all()

    def put(self, item: Any) -> None:
        with self._changed:
            while self._state.full and not self._state.closed:
                self._changed.wait()
            if self._state.closed:
                raise Closed
            self._become(items=(*self._state.items, item))

    def get(self) -> Any:
        with self._changed:
            while not self._state.items and not self._state.closed:
                self._changed.wait()
            match self._state.items:
                case (oldest, *rest):
                    self._become(items=tuple(rest))
                    return oldest
            raise Closed

    def close(self) -> None:
        with self._changed:
            self._become(closed=True)

    def __len__(self) -> int:
        return len(self._state.items)
