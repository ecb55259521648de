import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.RLock()
        self._running = False
        self._done = False
        self._result = None

    def get(self):
        with self._lock:
            if self._running:
                raise RuntimeError("func called get()")
            if not self._done:
                self._running = True
                try:
                    self._result = self._func()
                finally:
                    self._running = False
                    self._done = True
            return self._result

    @property
    def done(self):
        return self._done
