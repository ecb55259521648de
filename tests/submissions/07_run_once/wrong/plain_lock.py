import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._results = []

    def get(self):
        with self._lock:
            if not self._results:
                self._results.append(self._func())
        return self._results[0]

    @property
    def done(self):
        return bool(self._results)
