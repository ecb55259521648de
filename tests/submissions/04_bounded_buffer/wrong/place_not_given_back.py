import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        self._mutex = threading.Lock()
        self._places = threading.Semaphore(capacity)
        self._filled = threading.Semaphore(0)
        self._items = deque()
        self._closed = False

    def put(self, item):
        self._places.acquire()
        with self._mutex:
            if self._closed:
                self._places.release()
                raise Closed
            self._items.append(item)
        self._filled.release()

    def get(self):
        self._filled.acquire()
        with self._mutex:
            if self._items:
                return self._items.popleft()
        self._filled.release()
        raise Closed

    def close(self):
        with self._mutex:
            self._closed = True
        self._places.release()
        self._filled.release()

    def __len__(self):
        with self._mutex:
            return len(self._items)
