import queue
import threading


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
            job, answer = self._jobs.get()
            with self._lock:
                self.active += 1
                self.peak = max(self.peak, self.active)
            try:
                result = job()
            except BaseException as error:
                result = error
            with self._lock:
                self.active -= 1
                self.done += 1
            answer.put(result)

    def run(self, job):
        answer = queue.Queue()
        self._jobs.put((job, answer))
        result = answer.get()
        if isinstance(result, BaseException):
            raise result
        return result
