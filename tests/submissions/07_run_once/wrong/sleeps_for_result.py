import threading
import time


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
            mine = not self._done and self._runner is None
            if mine:
                self._runner = threading.get_ident()
        if mine:
            try:
                result = self._func()
            except BaseException:
                self._runner = None
                raise
            with self._lock:
                self._result = result
                self._done = True
                self._runner = None
        elif not self._done:
            time.sleep(0.5)
        return self._result

    @property
    def done(self):
        return self._done
