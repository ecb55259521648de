import time


class Counter:
    """Works without the threading module: dict.setdefault decides who is in."""

    def __init__(self, start=0):
        self._value = start
        self._inside = {}

    def _do(self, function):
        me = object()
        while self._inside.setdefault("who", me) is not me:
            time.sleep(0)
        try:
            return function()
        finally:
            del self._inside["who"]

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")

        def add():
            self._value += by
            return self._value

        return self._do(add)

    @property
    def value(self):
        return self._value

    def reset(self):
        def clear():
            old = self._value
            self._value = 0
            return old

        return self._do(clear)
