import threading


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self.limit = limit
        self.active = 0
        self.peak = 0
        self.done = 0
        self._changed = threading.Condition()

    def run(self, job):
        with self._changed:
            while self.active >= self.limit:
                self._changed.wait()
            self.active += 1
            self.peak = max(self.peak, self.active)
        try:
            result = job()
        finally:
            with self._changed:
                self.active -= 1
                self.done += 1
        with self._changed:
            self._changed.notify()
        return result
