import queue
import threading
import time


class Closed(Exception):
    pass


_END = object()


class BoundedBuffer:
    """The end is an item like any other, and handed on by whoever meets it."""

    def __init__(self, capacity):
        self._queue = queue.Queue(capacity)
        self._lock = threading.Lock()
        self._closed = False

    def put(self, item):
        while True:
            with self._lock:
                if self._closed:
                    raise Closed
                if not self._queue.full():
                    self._queue.put(item)
                    return
            time.sleep(0.01)

    def get(self):
        item = self._queue.get()
        if item is _END:
            self._queue.put(_END)
            raise Closed
        return item

    def close(self):
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(_END)

    def __len__(self):
        return max(0, self._queue.qsize() - self._closed)
