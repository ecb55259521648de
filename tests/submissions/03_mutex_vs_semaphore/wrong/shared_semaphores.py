import threading
from collections import defaultdict
from functools import cache


@cache
def places(limit):
    return threading.Semaphore(limit)


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._places = places(limit)
        self._lock = threading.Lock()
        self._counts = defaultdict(int)

    def run(self, job):
        with self._places:
            with self._lock:
                self._counts["active"] += 1
                self._counts["peak"] = max(self._counts["peak"], self._counts["active"])
            try:
                return job()
            finally:
                with self._lock:
                    self._counts["active"] -= 1
                    self._counts["done"] += 1

    def __getattr__(self, name):
        if name in ("active", "peak", "done"):
            return self._counts.get(name, 0)
        raise AttributeError(name)
