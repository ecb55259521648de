import queue
import threading


class Gate:
    """A queue with room for `limit`: to put something in is to come in, to take it out is to leave.
    """

    def __init__(self, limit):
        if limit < 1:  # a Queue would take 0 for endless
            raise ValueError("limit must be at least 1")
        self._inside = queue.Queue(maxsize=limit)
        self._lock = threading.Lock()
        self.peak = 0
        self.done = 0

    @property
    def active(self):
        return self._inside.qsize()

    def run(self, job):
        self._inside.put(job)
        try:
            with self._lock:
                self.peak = max(self.peak, self._inside.qsize())
            return job()
        finally:
            with self._lock:
                self.done += 1
            self._inside.get()
