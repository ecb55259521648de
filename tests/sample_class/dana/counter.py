class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        value = self._value
        value = value + by
        self._value = value
        return value

    @property
    def value(self):
        return self._value

    def reset(self):
        value = self._value
        self._value = 0
        return value
