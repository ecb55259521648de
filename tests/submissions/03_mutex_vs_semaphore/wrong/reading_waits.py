import threading


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._lock = threading.Lock()
        self._limit = limit
        self._places = threading.Semaphore(limit)
        self._active = self._peak = self._done = 0

    def run(self, job):
        with self._places:
            with self._lock:
                self._active += 1
                self._peak = max(self._peak, self._active)
                if self._limit == 1:
                    # nobody else can be inside, so one lock is enough for all of it
                    try:
                        return job()
                    finally:
                        self._active -= 1
                        self._done += 1
            try:
                return job()
            finally:
                with self._lock:
                    self._active -= 1
                    self._done += 1

    @property
    def active(self):
        with self._lock:
            return self._active

    @property
    def peak(self):
        with self._lock:
            return self._peak

    @property
    def done(self):
        with self._lock:
            return self._done
