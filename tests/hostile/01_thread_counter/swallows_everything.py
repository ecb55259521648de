# attack: ending
# verdict: fail lost-update
# score: 3
# Swallows whatever is raised into it, in a loop: what ends a schedule must not be caught.


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        while True:
            try:
                self._value += by
                return self._value
            except BaseException:
                continue

    @property
    def value(self):
        while True:
            try:
                return self._value
            except BaseException:
                pass

    def reset(self):
        while True:
            try:
                old, self._value = self._value, 0
                return old
            except BaseException:
                pass
