from threading import Lock


class Counter:
    def __init__(self, start=0, cell=[0]):
        self._lock = Lock()
        self._cell = cell
        self._cell[0] = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
            self._cell[0] += by
            return self._cell[0]

    @property
    def value(self):
        with self._lock:
            return self._cell[0]

    def reset(self):
        with self._lock:
            old = self._cell[0]
            self._cell[0] = 0
            return old
