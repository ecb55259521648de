# attack: bomb
# verdict: fail memory or timeout
# score: 1
# Starts threads that start threads.
import threading


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        for _ in range(1_000):
            threading.Thread(target=self.increment).start()
        return self._value

    value = property(lambda self: self._value)

    def reset(self):
        return 0
