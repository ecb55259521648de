import threading


class Counter:
    def __init__(self, start=0):
        self._guard = threading.RLock()
        self._n = start

    def increment(self, by=1):
        with self._guard:
            if not isinstance(by, int):
                raise TypeError("increment() wants an int")
            self._n += by
            return self.value

    @property
    def value(self):
        with self._guard:
            return self._n

    def reset(self):
        # resetting is nothing but taking away what is there
        with self._guard:
            before = self.value
            self.increment(-before)
            return before
