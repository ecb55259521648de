# attack: unmodelled
# verdict: fail forbidden
# Uses the interpreter's own lock through ctypes: no other thread can run while Python code holds it.
import ctypes

ctypes.pythonapi.PyGILState_Ensure()


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        old, self._value = self._value, 0
        return old
