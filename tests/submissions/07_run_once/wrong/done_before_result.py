import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._runner = None
        self._done = False
        self._result = None

    def get(self):
        if self._done:
            return self._result
        if self._runner == threading.get_ident():
            raise RuntimeError("func called get()")
        with self._lock:
            if not self._done:
                self._runner = threading.get_ident()
                try:
                    result = self._func()
                finally:
                    self._runner = None
                self._done = True
                self._result = result
            return self._result

    @property
    def done(self):
        return self._done
