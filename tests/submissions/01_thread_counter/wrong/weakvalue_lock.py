import threading
import weakref


class _L:
    def __init__(self):
        self._l = threading.Lock()

    def __enter__(self): self._l.acquire()
    def __exit__(self, *_): self._l.release()


_LOCKS = weakref.WeakValueDictionary()


class Counter:
    def __init__(self, start=0):
        self._n = start

    def _lock(self):
        lock = _LOCKS.get(id(self))
        if lock is None:
            _LOCKS[id(self)] = lock = _L()
        return lock

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        with self._lock():
            self._n += by
            return self._n

    @property
    def value(self): return self._n

    def reset(self):
        with self._lock():
            n, self._n = self._n, 0
            return n
