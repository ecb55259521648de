import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._runner = None
        self._result = None
        self._done = False

    def get(self):
        with self._lock:
            if self._runner == threading.get_ident():
                raise RuntimeError("func called get()")
            if self._done or self._runner is not None:
                return self._result
            self._runner = threading.get_ident()
        try:
            result = self._func()
        except BaseException:
            self._runner = None
            raise
        with self._lock:
            self._result = result
            self._done = True
            self._runner = None
        return result

    @property
    def done(self):
        return self._done
