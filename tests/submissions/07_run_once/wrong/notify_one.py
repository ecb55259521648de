import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._cond = threading.Condition()
        self._runner = None
        self._done = False
        self._result = None

    def get(self):
        with self._cond:
            while self._runner is not None:
                if self._runner == threading.get_ident():
                    raise RuntimeError("func called get()")
                self._cond.wait()
            if self._done:
                return self._result
            self._runner = threading.get_ident()
        try:
            self._result = self._func()
            self._done = True
        finally:
            with self._cond:
                self._runner = None
                self._cond.notify()
        return self._result

    @property
    def done(self):
        return self._done
