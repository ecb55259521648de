import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        step = 1 if by > 0 else -1
        with self._lock:
            for _ in range(abs(by)):
                self._value += step
            return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._lock:
            old = self._value
            self._value = 0
            return old
