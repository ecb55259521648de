import threading


class Counter:
    def __init__(self, start=0):
        self._cond = threading.Condition()
        self._busy = False
        self._value = start

    def _enter(self):
        with self._cond:
            if self._busy:
                self._cond.wait()
            self._busy = True

    def _leave(self):
        with self._cond:
            self._busy = False
            self._cond.notify()

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
