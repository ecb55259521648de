import threading


def bookkeeper():
    """Gets +1 and -1, gives back the three numbers after each."""
    active = peak = done = 0
    while True:
        change = yield active, peak, done
        active += change
        peak = max(peak, active)
        done += change < 0


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._places = threading.Semaphore(limit)
        self._pen = threading.Lock()
        self._book = bookkeeper()
        self._page = next(self._book)

    def _write(self, change):
        with self._pen:
            self._page = self._book.send(change)

    def run(self, job):
        with self._places:
            self._write(+1)
            try:
                return job()
            finally:
                self._write(-1)

    def __getattr__(self, name):
        try:
            return self._page[("active", "peak", "done").index(name)]
        except ValueError:
            raise AttributeError(name) from None
