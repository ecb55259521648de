import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    """Two semaphores. close() lets in whoever waits."""

    def __init__(self, capacity):
        self._mutex = threading.Lock()
        self._places = threading.Semaphore(capacity)
        self._filled = threading.Semaphore(0)
        self._items = deque()
        self._closed = False

    def put(self, item):
        if self._closed:
            raise Closed
        self._places.acquire()
        with self._mutex:
            if self._closed:
                raise Closed
            self._items.append(item)
            self._filled.release()

    def get(self):
        if self._closed and not self._items:
            raise Closed
        self._filled.acquire()
        with self._mutex:
            if not self._items:
                raise Closed
            self._places.release()
            return self._items.popleft()

    def close(self):
        with self._mutex:
            self._closed = True
            self._places.release()
            self._filled.release()

    def __len__(self):
        return len(self._items)
