import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
            self._value += by
            return self._value

    @property
    def value(self):
        # both are safe, so this is as well
        current = self.reset()
        self.increment(current)
        return current

    def reset(self):
        with self._lock:
            old = self._value
            self._value = 0
            return old
