import threading


class Counter:
    def __init__(self, start=0):
        self._cond = threading.Condition()
        self._value = start

    def _change(self, new_value):
        """Call with the condition held."""
        self._value = new_value
        self._cond.notify_all()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("not an int: " + repr(by))
        with self._cond:
            self._change(self._value + by)
            return self._value

    @property
    def value(self):
        with self._cond:
            return self._value

    def reset(self):
        with self._cond:
            old_value = self._value
            self._change(0)
            return old_value
