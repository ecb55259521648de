from collections import deque
import threading


class Counter:
    def __init__(self, start=0):
        self._adds = deque([start])
        self._l = threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        with self._l:
            self._adds.append(by)
            return sum(self._adds)

    @property
    def value(self):
        n = 0
        for x in self._adds:
            n += x
        return n

    def reset(self):
        with self._l:
            n = sum(self._adds)
            self._adds.clear()
            return n
