import threading
import time
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        self._capacity = capacity
        self._items = deque()
        self._closed = False
        self._lock = threading.Lock()

    def put(self, item):
        with self._lock:
            while len(self._items) >= self._capacity and not self._closed:
                time.sleep(0.01)
            if self._closed:
                raise Closed
            self._items.append(item)

    def get(self):
        with self._lock:
            while not self._items and not self._closed:
                time.sleep(0.01)
            if not self._items:
                raise Closed
            return self._items.popleft()

    def close(self):
        with self._lock:
            self._closed = True

    def __len__(self):
        return len(self._items)
