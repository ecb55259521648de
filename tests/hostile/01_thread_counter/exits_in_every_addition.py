# attack: ending
# verdict: fail exception
# score: 1
# Every addition ends its thread silently: `threading` says nothing of a SystemExit.
import threading


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        self._value += by
        raise SystemExit(0)

    @property
    def value(self):
        return self._value

    def reset(self):
        raise SystemExit
