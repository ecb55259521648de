import threading


class Gate:
    """Waits in slices of a tenth of a second, as often as it takes."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._semaphore = threading.Semaphore(value=limit)
        self._lock = threading.Lock()
        self._active, self._peak, self._done = 0, 0, 0

    def run(self, job):
        while not self._semaphore.acquire(timeout=0.1):
            pass
        try:
            self._lock.acquire()
            try:
                self._active = now = self._active + 1
                if now > self._peak:
                    self._peak = now
            finally:
                self._lock.release()
            try:
                return job()
            finally:
                self._lock.acquire()
                try:
                    self._active -= 1
                    self._done += 1
                finally:
                    self._lock.release()
        finally:
            self._semaphore.release()

    @property
    def active(self):
        return self._active

    @property
    def peak(self):
        return self._peak

    @property
    def done(self):
        return self._done
