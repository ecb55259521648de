import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._runner = None
        self._result = None

    def get(self):
        if self._runner == threading.get_ident():
            raise RuntimeError("recursive call")
        with self._lock:
            self._result = self._result or self._run()
            return self._result

    def _run(self):
        self._runner = threading.get_ident()
        try:
            return self._func()
        finally:
            self._runner = None

    @property
    def done(self):
        return bool(self._result)
