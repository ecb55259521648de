import threading


class Counter:
    def __init__(self, start=0):
        self.lock = threading.Lock()
        self.number = start

    def increment(self):
        with self.lock:
            self.number += 1
            return self.number

    @property
    def value(self):
        return self.number

    def reset(self):
        with self.lock:
            old = self.number
            self.number = 0
            return old
