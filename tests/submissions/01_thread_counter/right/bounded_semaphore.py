from threading import BoundedSemaphore


class Counter(object):

    def __init__(self, start = 0):
        self.sem = BoundedSemaphore(1)
        self.number = start

    def increment(self, by = 1):
        if isinstance(by, int) == False:
            raise TypeError('by is not an int')
        self.sem.acquire()
        try:
            self.number = self.number + by
            return self.number
        finally:
            self.sem.release()

    def get_value(self):
        self.sem.acquire()
        try:
            return self.number
        finally:
            self.sem.release()

    value = property(get_value)

    def reset(self):
        self.sem.acquire()
        try:
            before = self.number
            self.number = 0
            return before
        finally:
            self.sem.release()
