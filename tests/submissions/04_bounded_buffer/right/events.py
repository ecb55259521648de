import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    """Two events say whether it is worth looking; what counts is seen under the lock."""

    def __init__(self, capacity):
        self._capacity = capacity
        self._items = deque()
        self._lock = threading.Lock()
        self._closed = False
        self._may_put = threading.Event()
        self._may_get = threading.Event()
        self._may_put.set()

    def _tell(self):
        if self._closed or len(self._items) < self._capacity:
            self._may_put.set()
        else:
            self._may_put.clear()
        if self._closed or self._items:
            self._may_get.set()
        else:
            self._may_get.clear()

    def put(self, item):
        while True:
            self._may_put.wait()
            with self._lock:
                if self._closed:
                    raise Closed()
                if len(self._items) < self._capacity:
                    self._items.append(item)
                    self._tell()
                    return

    def get(self):
        while True:
            self._may_get.wait()
            with self._lock:
                if self._items:
                    item = self._items.popleft()
                    self._tell()
                    return item
                if self._closed:
                    raise Closed()

    def close(self):
        with self._lock:
            self._closed = True
            self._tell()

    def __len__(self):
        with self._lock:
            return len(self._items)
