import threading
from abc import ABC, abstractmethod


class Lockable:
    """Mixin: `with self:` makes you alone with the object."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._lock = threading.Lock()

    def __enter__(self):
        self._lock.acquire()
        return self

    def __exit__(self, exc_type, exc, tb):
        self._lock.release()
        return False


class Number(ABC):
    def __init__(self, number):
        self._number = number

    def _replace(self, number):
        old, self._number = self._number, number
        return old

    @abstractmethod
    def increment(self, by=1): ...


class Counter(Lockable, Number):
    def __init__(self, start=0):
        super().__init__(start)

    def increment(self, by=1):
        with self:
            if isinstance(by, int):
                self._replace(self._number + by)
                return self._number
            raise TypeError("an int is needed")

    @property
    def value(self):
        with self:
            return self._number

    def reset(self):
        with self:
            return self._replace(0)
