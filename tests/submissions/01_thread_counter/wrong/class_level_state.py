import threading


class Counter:
    _lock = threading.Lock()
    _value = 0

    def __init__(self, start=0):
        Counter._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with Counter._lock:
            Counter._value += by
            return Counter._value

    @property
    def value(self):
        with Counter._lock:
            return Counter._value

    def reset(self):
        with Counter._lock:
            old = Counter._value
            Counter._value = 0
            return old
