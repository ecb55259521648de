import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    """A lock for each end: putters exclude putters, getters exclude getters; whoever has changed
    something tells the other end while it holds that end's lock."""

    def __init__(self, capacity):
        self._capacity = capacity
        self._items = deque()
        self._closed = False
        self._not_full = threading.Condition()
        self._not_empty = threading.Condition()

    def put(self, item):
        with self._not_full:
            while len(self._items) >= self._capacity and not self._closed:
                self._not_full.wait()
            if self._closed:
                raise Closed
            self._items.append(item)
        with self._not_empty:
            self._not_empty.notify()

    def get(self):
        with self._not_empty:
            while not self._items and not self._closed:
                self._not_empty.wait()
            if not self._items:
                raise Closed
            item = self._items.popleft()
        with self._not_full:
            self._not_full.notify()
        return item

    def close(self):
        with self._not_full:
            self._closed = True
            self._not_full.notify_all()
        with self._not_empty:
            self._not_empty.notify_all()

    def __len__(self):
        return len(self._items)
