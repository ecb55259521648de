import threading


class Counter:
    """Counts up and down. All methods may be called from any thread."""

    def __init__(self, start=0):
        self.lock = threading.Lock()
        self.count = start

    def increment(self, by=1):
        self.lock.acquire()
        try:
            if not isinstance(by, int):
                raise TypeError("by has to be an int, got %s" % type(by))
            self.count = self.count + by
            result = self.count
        finally:
            self.lock.release()
        return result

    @property
    def value(self):
        # one read of one attribute: nothing to protect
        return self.count

    def reset(self):
        self.lock.acquire()
        try:
            result = self.count
            self.count = 0
        finally:
            self.lock.release()
        return result
