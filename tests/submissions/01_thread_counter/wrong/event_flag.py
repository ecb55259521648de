import threading


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._free = threading.Event()
        self._free.set()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._free.wait()
        self._free.clear()
        try:
            self._value += by
            return self._value
        finally:
            self._free.set()

    @property
    def value(self):
        return self._value

    def reset(self):
        self._free.wait()
        self._free.clear()
        try:
            old, self._value = self._value, 0
            return old
        finally:
            self._free.set()
