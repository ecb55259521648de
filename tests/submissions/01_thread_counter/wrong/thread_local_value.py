import threading


class Counter:
    def __init__(self, start=0):
        self._start = start
        # every thread gets its own, so they cannot disturb each other
        self._data = threading.local()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._data.value = self.value + by
        return self._data.value

    @property
    def value(self):
        return getattr(self._data, "value", self._start)

    def reset(self):
        old = self.value
        self._data.value = 0
        return old
