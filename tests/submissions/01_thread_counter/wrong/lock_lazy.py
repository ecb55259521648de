import threading


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = None

    def _get_lock(self):
        # only made when somebody needs it
        if self._lock is None:
            self._lock = threading.Lock()
        return self._lock

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._get_lock():
            self._value += by
            return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._get_lock():
            old = self._value
            self._value = 0
            return old
