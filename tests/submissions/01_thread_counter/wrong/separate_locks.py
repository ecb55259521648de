import threading


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._increment_lock = threading.Lock()
        self._reset_lock = threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._increment_lock:
            self._value += by
            return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._reset_lock:
            old = self._value
            self._value = 0
            return old
