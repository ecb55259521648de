import threading
import time


class Gate:
    """A lock for each place; who finds them all locked looks again a little later."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._places = [threading.Lock() for _ in range(limit)]
        self._guard = threading.Lock()
        self.active = self.peak = self.done = 0

    def _find(self):
        while True:
            for place in self._places:
                if place.acquire(blocking=False):
                    return place
            time.sleep(0.001)

    def run(self, job):
        place = self._find()
        try:
            with self._guard:
                self.active += 1
                self.peak = max(self.active, self.peak)
            try:
                return job()
            finally:
                with self._guard:
                    self.active -= 1
                    self.done += 1
        finally:
            place.release()
