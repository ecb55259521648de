from queue import Queue


class Counter:
    """The number lies in a box with one place. Who has taken it out is alone with it."""

    def __init__(self, start=0):
        self._box = Queue(maxsize=1)
        self._box.put(start)

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        number = self._box.get()
        try:
            number += by
        finally:
            self._box.put(number)
        return number

    @property
    def value(self):
        number = self._box.get()
        self._box.put(number)
        return number

    def reset(self):
        number = self._box.get()
        self._box.put(0)
        return number
