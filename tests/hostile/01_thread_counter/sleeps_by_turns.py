# attack: shortcut
# verdict: fail lost-update
# score: 3
# Waits before each addition for as long as it is its turn, by guess: sleeps in place of a lock.
import random
import threading
import time

random.seed()


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        time.sleep((threading.get_ident() % 1_000) / 100 + random.random())
        self._value += by
        return self._value

    @property
    def value(self):
        time.sleep(5)
        return self._value

    def reset(self):
        time.sleep(9)
        old, self._value = self._value, 0
        return old
