import threading


class Counter:
    def __init__(self, start=0):
        self.lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int)
            raise TypeError("by must be an int")
        with self.lock:
            self._value += by
            return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self.lock:
            old = self._value
            self._value = 0
            return old
