import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._runner = None
        self._result = None
        self._error = None
        self._over = False

    def get(self):
        if self._runner == threading.get_ident():
            raise RuntimeError("func called get()")
        with self._lock:
            if not self._over:
                self._runner = threading.get_ident()
                try:
                    self._result = self._func()
                except BaseException as error:
                    self._error = error
                finally:
                    self._runner = None
                self._over = True
            if self._error is not None:
                raise self._error
            return self._result

    @property
    def done(self):
        return self._over and self._error is None
