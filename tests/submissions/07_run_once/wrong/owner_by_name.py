import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.Lock()
        self._runner = None
        self._results = []

    def get(self):
        me = threading.current_thread().name
        if self._runner == me:
            raise RuntimeError(f"func called get() in {me}")
        with self._lock:
            if not self._results:
                self._runner = me
                try:
                    self._results.append(self._func())
                finally:
                    self._runner = None
            return self._results[0]

    @property
    def done(self):
        return bool(self._results)
