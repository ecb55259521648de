import threading


class Counter:
    def __init__(self, start=0):
        self._n, self._l = start, threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        with self._l:
            self._n += by
            return self._n

    @property
    def value(self):
        return self._n

    def reset(self):
        old = self._n
        self._n = 0
        return old
