import threading


class Counter:
    def __init__(self, start=0):
        self.lock = threading.Lock()
        self.val = start

    def _get(self):
        with self.lock:
            return self.val

    def _set(self, val):
        with self.lock:
            self.val = val

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        new = self._get() + by
        self._set(new)
        return new

    @property
    def value(self):
        return self._get()

    def reset(self):
        old = self._get()
        self._set(0)
        return old
