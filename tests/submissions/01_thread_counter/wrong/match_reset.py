import threading


class Counter:
    __match_args__ = ("_n",)

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
        match self:
            case Counter(old):
                self._n = 0
                return old
