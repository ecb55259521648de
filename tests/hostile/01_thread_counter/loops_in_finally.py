# attack: ending
# verdict: fail livelock
# score: 1
# Never gives the control back: the loop stands in `finally` and eats what is raised to end it.
import threading


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = threading.Lock()

    def increment(self, by=1):
        try:
            with self._lock:
                self._value += by
                return self._value
        finally:
            while True:
                try:
                    self._lock.locked()
                except BaseException:
                    continue

    value = property(lambda self: self._value)

    def reset(self):
        return 0
