from threading import Lock


class Counter:
    def __init__(self, start=0):
        self._lock = Lock()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
            self._value += by
        return self.value

    @property
    def value(self):
        with self._lock:
            return self._value

    def reset(self):
        with self._lock:
            old = self._value
            self._value = 0
        return old
