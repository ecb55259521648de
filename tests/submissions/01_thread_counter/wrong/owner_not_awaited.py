import queue
import threading


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._orders = queue.Queue()
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self):
        while True:
            by = self._orders.get()
            if by is None:
                self._value = 0
            else:
                self._value += by

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._orders.put(by)
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        old = self._value
        self._orders.put(None)
        return old
