import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        with self._lock:
            self._value += by
            if not isinstance(by, int):
                raise TypeError("by must be an int")
            return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._lock:
            old = self._value
            self._value = 0
            return old
