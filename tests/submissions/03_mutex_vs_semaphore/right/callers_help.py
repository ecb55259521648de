from collections import deque
from concurrent.futures import Future
from threading import Lock


class Gate:
    """No caller waits at a door. Everybody leaves the job in a basket; as long as fewer than `limit`
    callers work, one more begins to, and does whatever lies in the basket, whose job it may be.
    """

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._limit = limit
        self._lock = Lock()
        self._basket = deque()
        self._workers = 0
        self.active = 0
        self.peak = 0
        self.done = 0

    def _next(self):
        with self._lock:
            if not self._basket:
                self._workers -= 1
                return None
            self.active += 1
            self.peak = max(self.peak, self.active)
            return self._basket.popleft()

    def _do(self, job, future):
        error = result = None
        try:
            result = job()
        except BaseException as raised:
            error = raised
        with self._lock:
            self.active -= 1
            self.done += 1
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)

    def run(self, job):
        mine = Future()
        with self._lock:
            self._basket.append((job, mine))
            works = self._workers < self._limit
            self._workers += works
        while works and (order := self._next()):
            self._do(*order)
        return mine.result()
