import threading


class Counter:
    """Keeps book of what was added and what was taken away."""

    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._start = start
        self._ups = 0
        self._downs = 0

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
            if by >= 0:
                self._ups += by
            else:
                self._downs -= by
            return self._start + self._ups - self._downs

    @property
    def value(self):
        # only reads, so no lock is needed
        return self._start + self._ups - self._downs

    def reset(self):
        with self._lock:
            old = self._start + self._ups - self._downs
            self._start = self._ups = self._downs = 0
            return old
