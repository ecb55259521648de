# attack: lying-value
# verdict: cannot-grade not-modelled
# score: 0
# Raises an exception that only looks like TypeError: by its name, its metaclass and its arguments.
import threading


class Meta(type):
    __hash__ = lambda cls: hash(OSError.__base__)
    __eq__ = lambda cls, other: True

    @property
    def __mro__(cls):
        return (OSError.__base__, object)


class TypeError(Exception, metaclass=Meta):
    args = property(lambda self: 1 / 0)


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(f"by must be an int, not {type(by).__name__}")
        with self._lock:
            self._value += by
            return self._value

    @property
    def value(self):
        with self._lock:
            return self._value

    def reset(self):
        with self._lock:
            old, self._value = self._value, 0
            return old
