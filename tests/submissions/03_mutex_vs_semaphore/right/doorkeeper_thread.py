import collections
import queue
import threading


class Gate:
    """A doorkeeper thread owns the numbers; the others ring and wait until they are answered."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._bell = queue.SimpleQueue()
        self._board = (0, 0, 0)
        keeper = threading.Thread(target=self._keep, args=(limit,), daemon=True)
        keeper.start()

    def _keep(self, limit):
        active = peak = done = 0
        waiting = collections.deque()
        while True:
            what, answer = self._bell.get()
            if what == "in":
                waiting.append(answer)
            else:
                active -= 1
                done += 1
                self._board = (active, peak, done)
                answer.set()
            while waiting and active < limit:
                active += 1
                peak = max(peak, active)
                self._board = (active, peak, done)
                waiting.popleft().set()

    def _ring(self, what):
        answer = threading.Event()
        self._bell.put((what, answer))
        answer.wait()

    def run(self, job):
        self._ring("in")
        try:
            return job()
        finally:
            self._ring("out")

    @property
    def active(self):
        return self._board[0]

    @property
    def peak(self):
        return self._board[1]

    @property
    def done(self):
        return self._board[2]
