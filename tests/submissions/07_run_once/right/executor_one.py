from concurrent.futures import ThreadPoolExecutor
from threading import current_thread


class Once:
    """All attempts are made by the one thread of an executor."""

    def __init__(self, func):
        self._func = func
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._worker = None
        self._results = []

    def _attempt(self):
        self._worker = current_thread()
        if not self._results:
            self._results.append(self._func())
        return self._results[0]

    def get(self):
        if current_thread() is self._worker:
            raise RuntimeError("func waits for itself")
        return self._pool.submit(self._attempt).result()

    @property
    def done(self):
        return bool(self._results)
