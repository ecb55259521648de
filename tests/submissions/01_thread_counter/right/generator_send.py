import operator
from threading import Lock


def running_total(total):
    """Send a number to add it, send None to begin again at 0."""
    while True:
        by = yield total
        total = 0 if by is None else total + by


class Counter:
    def __init__(self, start=0):
        self._lock = Lock()
        self._totals = running_total(start)
        self._last = next(self._totals)

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        by = operator.index(by)  # a plain int, whatever kind of int it was
        with self._lock:
            self._last = self._totals.send(by)
            return self._last

    @property
    def value(self):
        return self._last

    def reset(self):
        with self._lock:
            before = self._last
            self._last = self._totals.send(None)
            return before
