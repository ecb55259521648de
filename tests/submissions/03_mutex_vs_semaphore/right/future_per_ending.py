from concurrent.futures import Future
from threading import Lock


class Gate:
    """Every ending is a future. The first `limit` callers go in at once; the next one waits for the
    first ending, the one after it for the second, and so on, whichever jobs these are.
    """

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._lock = Lock()
        self._to_come = [None] * limit
        self._unheard = []
        self._active = self._peak = self._done = 0

    def run(self, job):
        with self._lock:
            if self._to_come:
                self._to_come.pop()
                mine = None
            else:
                mine = Future()
                self._unheard.append(mine)
        if mine is not None:
            mine.result()
        with self._lock:
            self._active += 1
            self._peak = max(self._peak, self._active)
        try:
            return job()
        finally:
            with self._lock:
                self._active -= 1
                self._done += 1
                ending = self._unheard.pop(0) if self._unheard else None
                if ending is None:
                    self._to_come.append(None)
            if ending is not None:
                ending.set_result(None)

    @property
    def active(self):
        return self._active

    @property
    def peak(self):
        return self._peak

    @property
    def done(self):
        return self._done
