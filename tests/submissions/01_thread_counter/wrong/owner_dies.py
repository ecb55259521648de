import queue
import threading


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._orders = queue.Queue()
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self):
        while True:
            by, answer = self._orders.get()
            if by == "reset":
                answer.put(self._value)
                self._value = 0
                continue
            if not isinstance(by, int):
                raise TypeError("by must be an int")
            self._value += by
            answer.put(self._value)

    def _send(self, order):
        answer = queue.Queue()
        self._orders.put((order, answer))
        return answer.get()

    def increment(self, by=1):
        return self._send(by)

    @property
    def value(self):
        return self._value

    def reset(self):
        return self._send("reset")
