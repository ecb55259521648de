# attack: lying-value
# verdict: fail memory
# A gigantic text as the result, and as everything that could be shown of it.

TEXT = "x" * 200_000_000


class Counter:
    def __init__(self, start=0):
        self._value = TEXT

    def increment(self, by=1):
        return self._value

    value = property(lambda self: self._value)

    def reset(self):
        return TEXT.encode()
