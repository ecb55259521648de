import queue
import threading


class Closed(Exception):
    pass


class BoundedBuffer:
    """Who has waited for ten seconds will get nothing any more."""

    def __init__(self, capacity):
        self._queue = queue.Queue(capacity)
        self._closed = False
        self._lock = threading.Lock()

    def put(self, item):
        while True:
            with self._lock:
                if self._closed:
                    raise Closed
                if not self._queue.full():
                    self._queue.put(item)
                    return
            threading.Event().wait(0.01)

    def get(self):
        try:
            return self._queue.get(block=not self._closed, timeout=10)
        except queue.Empty:
            raise Closed from None

    def close(self):
        with self._lock:
            self._closed = True

    def __len__(self):
        return self._queue.qsize()
