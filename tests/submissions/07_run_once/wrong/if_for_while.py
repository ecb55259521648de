import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._cond = threading.Condition()
        self._runner = None
        self._done = False
        self._result = None

    def get(self):
        me = threading.get_ident()
        with self._cond:
            if self._runner == me:
                raise RuntimeError("func called get()")
            if self._runner is not None:
                self._cond.wait()
            if self._done:
                return self._result
            self._runner = me
        try:
            self._result = self._func()
            self._done = True
        finally:
            with self._cond:
                self._runner = None
                self._cond.notify_all()
        return self._result

    @property
    def done(self):
        return self._done
