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

    def _leave(self):
        with self._lock:
            self.active -= 1
            self.done += 1
        self._places.release()

    def run(self, job):
        self._places.acquire()
        with self._lock:
            self.active += 1
            self.peak = max(self.peak, self.active)
        try:
            result = job()
        except Exception:
            self._leave()
            raise
        self._leave()
        return result
