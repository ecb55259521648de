import threading


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._places = threading.Semaphore(limit)
        self._lock = threading.Lock()
        self.active = 0
        self.peak = 0
        self.done = 0

    def _count(self, by):
        with self._lock:
            self.active += by
            self.peak = max(self.peak, self.active)
            if by < 0:
                self.done += 1

    def run(self, job):
        self._places.acquire()
        self._count(1)
        try:
            return job()
        finally:
            self._places.release()
            self._count(-1)
