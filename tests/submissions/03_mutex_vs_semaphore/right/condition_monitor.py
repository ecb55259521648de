import threading


class Gate:
    """A monitor: one condition guards all numbers, and whoever finds no place waits for it."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._limit = limit
        self._changed = threading.Condition()
        self._active = self._peak = self._done = 0

    def run(self, job):
        with self._changed:
            while self._active >= self._limit:
                self._changed.wait()
            self._active += 1
            if self._active > self._peak:
                self._peak = self._active
        try:
            return job()
        finally:
            with self._changed:
                self._active -= 1
                self._done += 1
                self._changed.notify()

    @property
    def active(self):
        with self._changed:
            return self._active

    @property
    def peak(self):
        with self._changed:
            return self._peak

    @property
    def done(self):
        with self._changed:
            return self._done
