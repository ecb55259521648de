import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.RLock()
        self._running = False
        self.done = False
        self._result = None

    def get(self):
        with self._lock:
            if self._running:
                raise RuntimeError("func called get()")
            if not self.done:
                self._running = self.done = True
                try:
                    self._result = self._func()
                except BaseException:
                    self.done = False
                    raise
                finally:
                    self._running = False
            return self._result
