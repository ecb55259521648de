from collections import namedtuple

State = namedtuple("State", "value version")


class Counter:
    """Immutable states need no locks."""

    def __init__(self, start=0):
        self._state = State(start, 0)

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        old = self._state
        new = State(old.value + by, old.version + 1)
        self._state = new
        return new.value

    @property
    def value(self):
        return self._state.value

    def reset(self):
        old = self._state
        self._state = State(0, old.version + 1)
        return old.value
