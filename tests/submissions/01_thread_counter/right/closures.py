from threading import Lock


class Counter:
    def __init__(self, start=0):
        lock = Lock()
        current = start

        def increment(by=1):
            nonlocal current
            if not isinstance(by, int):
                raise TypeError("by must be an int")
            with lock:
                current += by
                return current

        def read():
            with lock:
                return current

        def reset():
            nonlocal current
            with lock:
                was, current = current, 0
            return was

        self.increment = increment
        self.reset = reset
        self._read = read

    @property
    def value(self):
        return self._read()
