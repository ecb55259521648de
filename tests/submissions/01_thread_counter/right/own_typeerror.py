import threading


class NotAnInt(TypeError):
    def __init__(self, thing):
        super().__init__(f"expected an int, got {thing!r}")
        self.thing = thing


class Counter:
    def __init__(self, start=0):
        self._n, self._l = start, threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise NotAnInt(by)
        with self._l:
            self._n += by
            return self._n

    @property
    def value(self):
        return self._n

    def reset(self):
        with self._l:
            old, self._n = self._n, 0
            return old
