# attack: unmodelled
# verdict: fail forbidden
# Fetches the lock of the interpreter through the module that uses it.
import threading

allocate = threading._allocate_lock
start = threading._thread.start_new_thread


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = allocate()

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
