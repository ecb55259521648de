import threading
import time


class Counter:
    def __init__(self, start=0):
        self._n, self._l, self._log = start, threading.Lock(), []

    def _note(self, what):
        self._log.append(f"{time.strftime('%H:%M:%S', time.localtime())} {what}")

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        with self._l:
            self._n += by
            self._note(f"{by:+d}")
            return self._n

    @property
    def value(self):
        return self._n

    def reset(self):
        with self._l:
            old, self._n = self._n, 0
            self._note("reset")
            return old
