# attack: shortcut
# verdict: fail lost-update
# score: 3
# Reads the variable anew until it has the sum that it expects: most races are seen, one is not.


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        while True:
            old = self._value
            self._value = old + by
            if self._value == old + by:
                return old + by

    @property
    def value(self):
        return self._value

    def reset(self):
        while True:
            old = self._value
            self._value = 0
            if self._value == 0:
                return old
