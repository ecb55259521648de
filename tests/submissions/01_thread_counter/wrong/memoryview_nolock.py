class Counter:
    def __init__(self, start=0):
        self._cell = memoryview(bytearray(8)).cast("q")
        self._cell[0] = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        self._cell[0] += by
        return self._cell[0]

    @property
    def value(self):
        return self._cell[0]

    def reset(self):
        old = self._cell[0]
        self._cell[0] = 0
        return old
