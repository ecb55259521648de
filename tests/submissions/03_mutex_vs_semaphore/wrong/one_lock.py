import threading


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self.limit = limit
        self.active = 0
        self.peak = 0
        self.done = 0
        self._lock = threading.Lock()

    def run(self, job):
        with self._lock:
            self.active += 1
            self.peak = max(self.peak, self.active)
            try:
                return job()
            finally:
                self.active -= 1
                self.done += 1
