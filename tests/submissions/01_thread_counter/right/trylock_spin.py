import threading
import time


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._value = start

    def _enter(self):
        while not self._lock.acquire(blocking=False):
            time.sleep(0)  # let the others go on

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int, not " + str(type(by)))
        self._enter()
        try:
            self._value += by
            return self._value
        finally:
            self._lock.release()

    @property
    def value(self):
        return self._value

    def reset(self):
        self._enter()
        try:
            return self._value
        finally:
            self._value = 0
            self._lock.release()
