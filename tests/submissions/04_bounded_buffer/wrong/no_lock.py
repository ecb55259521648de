import time
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    """deque is thread-safe, so no lock is needed."""

    def __init__(self, capacity):
        self._capacity = capacity
        self._items = deque()
        self._closed = False

    def put(self, item):
        while len(self._items) >= self._capacity:
            if self._closed:
                raise Closed
            time.sleep(0.001)
        if self._closed:
            raise Closed
        self._items.append(item)

    def get(self):
        while True:
            closed = self._closed
            try:
                return self._items.popleft()
            except IndexError:
                if closed:
                    raise Closed from None
            time.sleep(0.001)

    def close(self):
        self._closed = True

    def __len__(self):
        return len(self._items)
