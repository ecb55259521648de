from concurrent.futures import Future
from threading import Lock


def _done(v):
    f = Future()
    f.set_result(v)
    return f


class Counter:
    """Every step waits for the result of the one before it."""

    def __init__(self, start=0):
        self._swap = Lock()
        self._tail = _done(start)

    def _step(self, f):
        mine = Future()
        with self._swap:
            last, self._tail = self._tail, mine
        old = last.result()
        new = f(old)
        mine.set_result(new)
        return old, new

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        return self._step(by.__add__)[1]

    @property
    def value(self):
        with self._swap:
            tail = self._tail
        return tail.result()

    def reset(self):
        return self._step(lambda _: 0)[0]
