import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    """deque(maxlen=...) sees to it that there are never too many."""

    def __init__(self, capacity):
        self._items = deque(maxlen=capacity)
        self._closed = False
        self._not_empty = threading.Condition()

    def put(self, item):
        with self._not_empty:
            if self._closed:
                raise Closed
            self._items.append(item)
            self._not_empty.notify()

    def get(self):
        with self._not_empty:
            while not self._items:
                if self._closed:
                    raise Closed
                self._not_empty.wait()
            return self._items.popleft()

    def close(self):
        with self._not_empty:
            self._closed = True
            self._not_empty.notify_all()

    def __len__(self):
        return len(self._items)
