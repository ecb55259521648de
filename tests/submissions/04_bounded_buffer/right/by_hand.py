import threading


class Closed(RuntimeError):
    def __init__(self):
        RuntimeError.__init__(self, "buffer is closed")


class BoundedBuffer(object):
    """A ring in a list; acquire and release by hand."""

    def __init__(self, capacity):
        self._ring = [None] * capacity
        self._first = 0
        self._used = 0
        self._closed = False
        self._monitor = threading.RLock()
        self._room = threading.Condition(self._monitor)
        self._stuff = threading.Condition(self._monitor)

    def put(self, item):
        self._monitor.acquire()
        try:
            while self._used == len(self._ring):
                if self._closed:
                    break
                self._room.wait()
            if self._closed:
                raise Closed()
            self._ring[(self._first + self._used) % len(self._ring)] = item
            self._used += 1
            self._stuff.notify()
        finally:
            self._monitor.release()

    def get(self):
        self._monitor.acquire()
        try:
            while self._used == 0:
                if self._closed:
                    raise Closed()
                self._stuff.wait()
            item = self._ring[self._first]
            self._ring[self._first] = None
            self._first = (self._first + 1) % len(self._ring)
            self._used -= 1
            self._room.notify()
            return item
        finally:
            self._monitor.release()

    def close(self):
        self._monitor.acquire()
        try:
            self._closed = True
            self._room.notify_all()
            self._stuff.notify_all()
        finally:
            self._monitor.release()

    def __len__(self):
        self._monitor.acquire()
        try:
            return self._used
        finally:
            self._monitor.release()
