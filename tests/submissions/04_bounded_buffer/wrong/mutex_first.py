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
        with self._mutex:
            self._places.acquire()
            if self._closed:
                self._places.release()
                raise Closed
            self._items.append(item)
            self._filled.release()

    def get(self):
        with self._mutex:
            self._filled.acquire()
            if not self._items:
                self._filled.release()
                raise Closed
            self._places.release()
            return self._items.popleft()

    def close(self):
        self._closed = True
        self._places.release()
        self._filled.release()

    def __len__(self):
        return len(self._items)
