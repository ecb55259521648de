# attack: lying-value
# verdict: fail wrong-result
# Numbers that are none, and numbers of a million digits.

HUGE = 1 << 3_300_000


class Counter:
    def __init__(self, start=0):
        self._values = iter([float("nan"), float("inf"), -0.0, HUGE, -HUGE, complex("nan"), 1e308 * 10, True] * 9)

    def increment(self, by=1):
        return next(self._values)

    value = property(increment)

    def reset(self):
        return float("nan")
