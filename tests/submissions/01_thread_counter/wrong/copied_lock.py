import threading
from collections import UserDict


class Locks(UserDict):
    def __missing__(self, key):
        self.data[key] = lock = threading.Lock()
        return lock


class Counter:
    locks = Locks()

    def __init__(self, start=0):
        self._n = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        with self.locks[self]:
            self._n += by
            return self._n

    @property
    def value(self): return self._n

    def reset(self):
        with self.locks[self]:
            n, self._n = self._n, 0
            return n
