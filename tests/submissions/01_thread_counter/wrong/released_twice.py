import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        self._lock.acquire()
        try:
            if not isinstance(by, int):
                raise TypeError("by must be an int")
            self._value += by
            return self._value
        except TypeError:
            self._lock.release()
            raise
        finally:
            self._lock.release()

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._lock:
            old = self._value
            self._value = 0
            return old
