import queue


class Counter:
    def __init__(self, start=0):
        self._box = queue.Queue(maxsize=1)
        self._box.put(start)

    def increment(self, by=1):
        number = self._box.get()
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        number += by
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
