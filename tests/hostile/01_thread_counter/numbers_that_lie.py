# attack: lying-value
# verdict: fail lost-update
# score: 3
# Its numbers are a subclass of int whose comparisons and conversions all lie; the counter is not safe.


class Number(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 7

    def __add__(self, other):
        return Number(int(self) + other)

    def __repr__(self):
        return "right"

    __str__ = __format__ = lambda self, *spec: "right"

    def __reduce__(self):
        return (int, (20_000,))


class Counter:
    def __init__(self, start=0):
        self._value = Number(start)

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        self._value = self._value + by
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        old, self._value = self._value, Number(0)
        return old
