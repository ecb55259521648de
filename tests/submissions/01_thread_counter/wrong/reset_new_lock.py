import threading


class Counter:
    def __init__(self, start=0):
        self._begin(start)

    def _begin(self, value):
        self._lock = threading.Lock()
        self._value = value

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
            self._value += by
            return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._lock:
            old = self._value
            self._begin(0)
            return old
