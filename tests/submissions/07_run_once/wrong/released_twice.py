import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._free = threading.Semaphore(1)
        self._runner = None
        self._results = []

    def get(self):
        if self._runner == threading.get_ident():
            raise RuntimeError("func called get()")
        self._free.acquire()
        try:
            if not self._results:
                self._runner = threading.get_ident()
                try:
                    result = self._func()
                except BaseException:
                    self._runner = None
                    self._free.release()
                    raise
                self._runner = None
                self._results.append(result)
            return self._results[0]
        finally:
            self._free.release()

    @property
    def done(self):
        return bool(self._results)
