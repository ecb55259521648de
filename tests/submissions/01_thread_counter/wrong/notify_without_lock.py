import threading


class Counter:
    def __init__(self, start=0):
        self._cond = threading.Condition()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._cond:
            self._value += by
            new = self._value
        self._cond.notify_all()
        return new

    @property
    def value(self):
        with self._cond:
            return self._value

    def reset(self):
        with self._cond:
            old = self._value
            self._value = 0
        self._cond.notify_all()
        return old
