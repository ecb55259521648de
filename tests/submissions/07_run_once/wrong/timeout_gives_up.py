import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._results = []

    def get(self):
        if not self._results:
            if not self._lock.acquire(timeout=5):
                raise RuntimeError("func called get()")
            try:
                if not self._results:
                    self._results.append(self._func())
            finally:
                self._lock.release()
        return self._results[0]

    @property
    def done(self):
        return bool(self._results)
