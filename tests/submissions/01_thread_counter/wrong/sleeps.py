import random
import time


class Counter:
    def __init__(self, start=0):
        self._value = start

    def _step_aside(self):
        # so that two threads do not come at the same moment
        time.sleep(random.uniform(0, 0.0001))

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._step_aside()
        new = self._value + by
        self._value = new
        return new

    @property
    def value(self):
        return self._value

    def reset(self):
        self._step_aside()
        old = self._value
        self._value = 0
        return old
