import threading


class Counter:
    def __init__(self, start=0):
        self._n = start

    def __getattr__(self, name):
        if name != "_lock":
            raise AttributeError(name)
        lock = self.__dict__[name] = threading.Lock()
        return lock

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        with self._lock:
            self._n += by
            return self._n

    @property
    def value(self):
        return self._n

    def reset(self):
        with self._lock:
            old, self._n = self._n, 0
            return old
