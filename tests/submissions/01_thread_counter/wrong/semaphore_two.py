import threading


class Counter:
    def __init__(self, start=0):
        self.sem = threading.Semaphore(2)
        self.n = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self.sem:
            self.n += by
            return self.n

    @property
    def value(self):
        with self.sem:
            return self.n

    def reset(self):
        with self.sem:
            old = self.n
            self.n = 0
            return old
