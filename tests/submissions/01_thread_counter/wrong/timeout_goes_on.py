import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        # never hang: after a while we go on in any case
        got_it = self._lock.acquire(timeout=0.001)
        try:
            self._value += by
            return self._value
        finally:
            if got_it:
                self._lock.release()

    @property
    def value(self):
        return self._value

    def reset(self):
        got_it = self._lock.acquire(timeout=0.001)
        try:
            old = self._value
            self._value = 0
            return old
        finally:
            if got_it:
                self._lock.release()
