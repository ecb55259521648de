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

    def run(self, job):
        with self._places:
            with self._lock:
                self.active += 1
                now = self.active
            if now > self.peak:
                self.peak = now
            try:
                return job()
            finally:
                with self._lock:
                    self.active -= 1
                    self.done += 1
