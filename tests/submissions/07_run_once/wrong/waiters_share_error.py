import threading
from concurrent.futures import Future


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._runner = None
        self._future = None

    def get(self):
        with self._lock:
            future = self._future
            if future is None:
                future = self._future = Future()
                self._runner = threading.get_ident()
                mine = True
            elif self._runner == threading.get_ident():
                raise RuntimeError("func called get()")
            else:
                mine = False
        if not mine:
            return future.result()
        try:
            result = self._func()
        except BaseException as error:
            with self._lock:
                self._future = self._runner = None
            future.set_exception(error)
            raise
        self._runner = None
        future.set_result(result)
        return result

    @property
    def done(self):
        future = self._future
        return future is not None and future.done()
