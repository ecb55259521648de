import threading


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._places = threading.Semaphore(limit)
        self._lock = threading.RLock()
        self._active = 0
        self._peak = 0
        self._done = 0

    def run(self, job):
        # the semaphore limits the jobs, the lock protects the numbers
        with self._places, self._lock:
            self._active += 1
            self._peak = max(self._peak, self._active)
            try:
                return job()
            finally:
                self._active -= 1
                self._done += 1

    @property
    def active(self):
        return self._active

    @property
    def peak(self):
        return self._peak

    @property
    def done(self):
        return self._done
