import threading
from collections import deque


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self.limit = limit
        self.active = 0
        self.peak = 0
        self.done = 0
        self._lock = threading.Lock()
        self._waiting = deque()

    def _try_to_enter(self):
        with self._lock:
            if self.active >= self.limit:
                return False
            self.active += 1
            self.peak = max(self.peak, self.active)
            return True

    def run(self, job):
        while not self._try_to_enter():
            place_free = threading.Event()
            self._waiting.append(place_free)
            place_free.wait()
        try:
            return job()
        finally:
            with self._lock:
                self.active -= 1
                self.done += 1
                if self._waiting:
                    self._waiting.popleft().set()
