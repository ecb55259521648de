import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._runner = None
        self._results = []

    def get(self):
        if self._runner == threading.get_ident():
            raise RuntimeError("func called get()")
        with self._lock:
            if not self._results:
                self._runner = threading.get_ident()
                try:
                    self._results.append(self._func())
                finally:
                    self._runner = None
            return self._results[0]

    @property
    def done(self):
        with self._lock:
            return bool(self._results)
