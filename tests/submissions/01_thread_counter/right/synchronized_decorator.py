import functools
import threading


def synchronized(method):
    """Like `synchronized` in Java: one thread at a time in all the methods of one object."""

    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        with self._monitor:
            return method(self, *args, **kwargs)

    return wrapper


class Counter:
    def __init__(self, start=0):
        self._monitor = threading.RLock()
        self._value = start

    @synchronized
    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by
        return self._value

    @property
    @synchronized
    def value(self):
        return self._value

    @synchronized
    def reset(self):
        old = self._value
        self._value = 0
        return old
