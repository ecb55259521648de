import threading


class Counter:
    def __init__(self, start=0):
        self._lock = threading.Lock()
        self.value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
            self.value += by
            return self.value

    def reset(self):
        with self._lock:
            old = self.value
            self.value = 0
            return old
