import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        self._lock.acquire()
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by
        new = self._value
        self._lock.release()
        return new

    @property
    def value(self):
        return self._value

    def reset(self):
        self._lock.acquire()
        old = self._value
        self._value = 0
        self._lock.release()
        return old
