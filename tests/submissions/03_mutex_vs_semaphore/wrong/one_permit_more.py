import threading


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._lock = threading.Lock()
        self._free = limit
        self._changed = threading.Condition(self._lock)
        self.active = 0
        self.peak = 0
        self.done = 0

    def run(self, job):
        with self._changed:
            while self._free < 0:
                self._changed.wait()
            self._free -= 1
            self.active += 1
            self.peak = max(self.peak, self.active)
        try:
            return job()
        finally:
            with self._changed:
                self._free += 1
                self.active -= 1
                self.done += 1
                self._changed.notify()
