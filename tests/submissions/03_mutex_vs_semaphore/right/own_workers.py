import queue
import threading
from concurrent.futures import Future


class Worker(threading.Thread):
    def __init__(self, gate):
        super().__init__(daemon=True)
        self.gate = gate

    def run(self):
        while True:
            job, future = self.gate.orders.get()
            self.gate.count(1)
            outcome = error = None
            try:
                outcome = job()
            except BaseException as raised:
                error = raised
            self.gate.count(-1)
            if error is None:
                future.set_result(outcome)
            else:
                future.set_exception(error)


class Gate:
    """`limit` workers of its own; `run` hands the job over and waits for the result."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("a gate needs at least one worker")
        self.orders = queue.Queue()
        self.active, self.peak, self.done = 0, 0, 0
        self._lock = threading.RLock()
        for _ in range(limit):
            Worker(self).start()

    def count(self, by):
        with self._lock:
            self.active += by
            self.peak = max(self.peak, self.active)
            if by < 0:
                self.done += 1

    def run(self, job):
        future = Future()
        self.orders.put((job, future))
        return future.result()
