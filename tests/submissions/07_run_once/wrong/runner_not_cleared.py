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
                result = self._func()
                self._runner = None
                self._results.append(result)
            return self._results[0]

    @property
    def done(self):
        return bool(self._results)
