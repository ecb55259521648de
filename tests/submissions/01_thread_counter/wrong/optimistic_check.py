class Counter:
    """Compare and set: only write if nobody was faster."""

    def __init__(self, start=0):
        self._state = (0, start)

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        while True:
            seen = self._state
            new = (seen[0] + 1, seen[1] + by)
            if self._state is seen:
                self._state = new
                return new[1]

    @property
    def value(self):
        return self._state[1]

    def reset(self):
        while True:
            seen = self._state
            if self._state is seen:
                self._state = (seen[0] + 1, 0)
                return seen[1]
