import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        self._capacity = capacity
        self._items = deque()
        self._closed = False
        self._lock = threading.Lock()
        self._not_full = threading.Event()
        self._not_empty = threading.Event()
        self._not_full.set()

    def put(self, item):
        self._not_full.wait()
        with self._lock:
            if self._closed:
                raise Closed
            self._items.append(item)
            self._not_empty.set()
            if len(self._items) >= self._capacity:
                self._not_full.clear()

    def get(self):
        self._not_empty.wait()
        with self._lock:
            if self._closed and not self._items:
                raise Closed
            item = self._items.popleft()
            self._not_full.set()
            if not self._items and not self._closed:
                self._not_empty.clear()
            return item

    def close(self):
        with self._lock:
            self._closed = True
            self._not_full.set()
            self._not_empty.set()

    def __len__(self):
        return len(self._items)
