import threading


class Gate:
    active = 0
    peak = 0
    done = 0
    _lock = threading.Lock()

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._places = threading.Semaphore(limit)

    def run(self, job):
        with self._places:
            with Gate._lock:
                Gate.active += 1
                Gate.peak = max(Gate.peak, Gate.active)
            try:
                return job()
            finally:
                with Gate._lock:
                    Gate.active -= 1
                    Gate.done += 1
