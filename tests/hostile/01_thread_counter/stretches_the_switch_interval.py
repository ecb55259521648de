# attack: unmodelled
# verdict: fail forbidden
# Asks the interpreter not to change threads for an hour.
import sys

sys.setswitchinterval(3600)


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        old, self._value = self._value, 0
        return old
