import threading
from collections import deque, namedtuple

Request = namedtuple("Request", "op by reply", defaults=(0, None))


class Counter:
    def __init__(self, start=0):
        self._n = start
        self._pending = deque()
        self._combiner = threading.Lock()

    def _publish(self, op, by=0):
        reply = []
        self._pending.append(Request(op, by, reply))
        with self._combiner:
            while self._pending and not reply:
                op, by, box = self._pending.popleft()
                if op == "+":
                    self._n += by
                    box.append(self._n)
                elif op == "0":
                    box.append(self._n)
                    self._n = 0
                else:
                    box += [self._n]
        [answer] = reply
        return answer

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError()
        return self._publish("+", by)

    @property
    def value(self): return self._publish("?")
    def reset(self): return self._publish("0")
