import time


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._busy = False

    def _enter(self):
        while self._busy:
            time.sleep(0)
        self._busy = True

    def _leave(self):
        self._busy = False

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._enter()
        try:
            self._value += by
            return self._value
        finally:
            self._leave()

    @property
    def value(self):
        return self._value

    def reset(self):
        self._enter()
        try:
            old = self._value
            self._value = 0
            return old
        finally:
            self._leave()
