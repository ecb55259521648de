import threading

_NOT_YET = object()


class Once:
    def __init__(self, func):
        self._func = func
        self._lock = threading.RLock()
        self._running = False
        self._result = _NOT_YET

    def get(self):
        if self._result is _NOT_YET:
            with self._lock:
                if self._running:
                    raise RuntimeError("get() called from func")
                self._running = True
                try:
                    self._result = self._func()
                finally:
                    self._running = False
        return self._result

    @property
    def done(self):
        return self._result is not _NOT_YET
