import threading
import time


class Counter:
    """Peterson's algorithm, as in the lecture. Needs no lock for the counting itself."""

    def __init__(self, start=0):
        self._value = start
        self._wants = [False, False]
        self._turn = 0
        self._numbers = {}
        self._numbers_lock = threading.Lock()

    def _number(self):
        """The first thread that comes is number 0, the other one number 1."""
        ident = threading.get_ident()
        with self._numbers_lock:
            if ident not in self._numbers:
                self._numbers[ident] = min(len(self._numbers), 1)
            return self._numbers[ident]

    def _enter(self):
        me = self._number()
        other = 1 - me
        self._wants[me] = True
        self._turn = other
        while self._wants[other] and self._turn == other:
            time.sleep(0)
        return me

    def _leave(self, me):
        self._wants[me] = False

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        me = self._enter()
        try:
            self._value += by
            return self._value
        finally:
            self._leave(me)

    @property
    def value(self):
        return self._value

    def reset(self):
        me = self._enter()
        try:
            old = self._value
            self._value = 0
            return old
        finally:
            self._leave(me)
