# attack: luck
# verdict: fail lost-update
# score: 3
# Takes the lock in 99 of 100 additions: too seldom wrong for few additions, and not surely wrong in many.
import random
import threading
import time


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        if random.random() < 0.9 or time.time_ns() % 10:
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
