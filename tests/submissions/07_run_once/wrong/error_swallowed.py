import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.RLock()
        self._running = False
        self._results = []

    def get(self):
        with self._lock:
            if self._running:
                raise RuntimeError("func called get()")
            if not self._results:
                self._running = True
                try:
                    self._results.append(self._func())
                except Exception:
                    return None
                finally:
                    self._running = False
            return self._results[0]

    @property
    def done(self):
        return bool(self._results)
