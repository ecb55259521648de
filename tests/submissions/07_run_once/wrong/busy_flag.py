import threading
import time


class Once:
    def __init__(self, func):
        self._func = func
        self._runner = None
        self._results = []

    def get(self):
        me = threading.get_ident()
        if self._runner == me:
            raise RuntimeError("func called get()")
        while self._runner is not None:
            time.sleep(0.01)
        self._runner = me
        try:
            if not self._results:
                self._results.append(self._func())
            return self._results[0]
        finally:
            self._runner = None

    @property
    def done(self):
        return bool(self._results)
