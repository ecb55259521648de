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
            if self._runner == threading.get_ident():
                raise RuntimeError("func called get()")
            self._cond.wait_for(lambda: self._runner is None, timeout=60)
            if self._done:
                return self._result
            self._runner = threading.get_ident()
        try:
            self._result = self._func()
            self._done = True
            return self._result
        finally:
            with self._cond:
                self._runner = None
                self._cond.notify_all()

    @property
    def done(self):
        return self._done
