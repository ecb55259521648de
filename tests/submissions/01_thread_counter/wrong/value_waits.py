import threading


class Counter:
    def __init__(self, start=0):
        self._changed = threading.Condition()
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._changed:
            self._value += by
            self._changed.notify_all()
            return self._value

    @property
    def value(self):
        with self._changed:
            # the newest value: wait for the next change
            self._changed.wait()
            return self._value

    def reset(self):
        with self._changed:
            old = self._value
            self._value = 0
            self._changed.notify_all()
            return old
