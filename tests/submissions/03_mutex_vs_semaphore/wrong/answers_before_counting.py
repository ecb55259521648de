import queue
import threading
from concurrent.futures import Future


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._jobs = queue.Queue()
        self._lock = threading.Lock()
        self.active = 0
        self.peak = 0
        self.done = 0
        for _ in range(limit):
            threading.Thread(target=self._work, daemon=True).start()

    def _work(self):
        while True:
            job, future = self._jobs.get()
            with self._lock:
                self.active += 1
                self.peak = max(self.peak, self.active)
            try:
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)
            with self._lock:
                self.active -= 1
                self.done += 1

    def run(self, job):
        future = Future()
        self._jobs.put((job, future))
        return future.result()
