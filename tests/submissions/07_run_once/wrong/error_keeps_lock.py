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
        self._lock.acquire()
        if not self._results:
            self._runner = threading.get_ident()
            try:
                result = self._func()
            finally:
                self._runner = None
            self._results.append(result)
        self._lock.release()
        return self._results[0]

    @property
    def done(self):
        return bool(self._results)
