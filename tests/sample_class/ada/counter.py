"""Exercise 01. Ada."""

import threading


class Counter:
    """A counter that many threads share."""

    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(f"by must be an int, got {by!r}")
        with self._lock:
            self._value += by
            return self._value

    @property
    def value(self):
        with self._lock:
            return self._value

    def reset(self):
        with self._lock:
            old, self._value = self._value, 0
            return old
