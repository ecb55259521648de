class Counter:
    def __init__(self, start=0):
        self._value = start
        self._in_use = False

    def _wait_until_free(self):
        while self._in_use:
            pass
        self._in_use = True

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._wait_until_free()
        self._value += by
        return self._value
        self._in_use = False

    @property
    def value(self):
        return self._value

    def reset(self):
        self._wait_until_free()
        old = self._value
        self._value = 0
        return old
        self._in_use = False
