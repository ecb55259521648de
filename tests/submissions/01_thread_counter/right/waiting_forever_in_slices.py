import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self._total = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("increment: by must be an int")
        while not self._lock.acquire(timeout=0.5):
            pass  # still taken, ask again
        try:
            total = self._total + by
            self._total = total
        finally:
            self._lock.release()
        return total

    @property
    def value(self):
        return self._total

    def reset(self):
        while not self._lock.acquire(timeout=0.5):
            pass
        try:
            total = self._total
            self._total = 0
        finally:
            self._lock.release()
        return total
