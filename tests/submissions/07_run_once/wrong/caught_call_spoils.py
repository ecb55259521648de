import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.RLock()
        self._running = False
        self._spoilt = False
        self._results = []

    def get(self):
        with self._lock:
            if self._running:
                self._spoilt = True
                raise RuntimeError("func called get()")
            if self._results:
                return self._results[0]
            self._running = True
            try:
                result = self._func()
            finally:
                self._running = False
            if self._spoilt:
                self._spoilt = False
                raise RuntimeError("func called get()")
            self._results.append(result)
            return result

    @property
    def done(self):
        return bool(self._results)
