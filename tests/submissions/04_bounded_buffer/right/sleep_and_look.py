import threading
import time


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        self._lock = threading.Lock()
        self._room = capacity
        self._list = []
        self._open = True

    def put(self, item):
        while True:
            with self._lock:
                if not self._open:
                    raise Closed()
                if len(self._list) < self._room:
                    self._list.append(item)
                    return
            time.sleep(0.001)

    def get(self):
        while True:
            with self._lock:
                if self._list:
                    return self._list.pop(0)
                if not self._open:
                    raise Closed()
            time.sleep(0.001)

    def close(self):
        with self._lock:
            self._open = False

    def __len__(self):
        with self._lock:
            return len(self._list)
