# attack: unmodelled
# verdict: fail forbidden
# Takes a lock of the interpreter itself, which no scheduler of ours controls.
import _thread


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = _thread.allocate_lock()

    def increment(self, by=1):
        with self._lock:
            self._value += by
            return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._lock:
            old, self._value = self._value, 0
            return old
