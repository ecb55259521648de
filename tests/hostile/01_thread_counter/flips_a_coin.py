# attack: luck
# verdict: fail lost-update
# score: 3
# Flips a coin for each addition: with luck it takes the lock.
import random
import threading


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        if random.random() < 0.5:
            with self._lock:
                self._value += by
                return self._value
        self._value += by
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._lock:
            old, self._value = self._value, 0
            return old
