from concurrent.futures import ThreadPoolExecutor
from threading import Lock


class Gate:
    """A pool of `limit` workers is a gate: more cannot run at a time."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be positive")
        self._pool = ThreadPoolExecutor(max_workers=limit)
        self._lock = Lock()
        self.active = 0
        self.peak = 0
        self.done = 0

    def _counted(self, job):
        with self._lock:
            self.active += 1
            self.peak = max(self.peak, self.active)
        try:
            return job()
        finally:
            with self._lock:
                self.active -= 1
                self.done += 1

    def run(self, job):
        return self._pool.submit(self._counted, job).result()
