import threading
from typing import NamedTuple


class _State(NamedTuple):
    value: int
    version: int

    def plus(self, by):
        return _State(self.value + by, self.version + 1)

    def zero(self):
        return _State(0, self.version + 1)


class Counter:
    """Readers take whatever state is current; writers put a new one in its place."""

    def __init__(self, start=0):
        self._state = _State(start, 0)
        self._writers = threading.Lock()

    def _swap(self, function):
        with self._writers:
            old = self._state
            new = function(old)
            self._state = new
        return old, new

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        _, new = self._swap(lambda state: state.plus(by))
        return new.value

    @property
    def value(self):
        return self._state.value

    def reset(self):
        old, _ = self._swap(_State.zero)
        return old.value
