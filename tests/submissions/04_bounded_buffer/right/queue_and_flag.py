import queue
import threading
import time


class Closed(Exception):
    """No more."""


class BoundedBuffer:
    """queue.Queue keeps the items; nobody waits in it, because it could not be woken there."""

    def __init__(self, capacity):
        self._queue = queue.Queue(maxsize=capacity)
        self._closing = threading.Lock()
        self._closed = threading.Event()

    def put(self, item):
        while True:
            with self._closing:
                if self._closed.is_set():
                    raise Closed("closed")
                try:
                    return self._queue.put_nowait(item)
                except queue.Full:
                    pass
            time.sleep(0.01)

    def get(self):
        while True:
            over = self._closed.is_set()  # from then on nothing is added
            try:
                return self._queue.get_nowait()
            except queue.Empty:
                if over:
                    raise Closed("closed") from None
            self._closed.wait(0.01)

    def close(self):
        with self._closing:
            self._closed.set()

    def __len__(self):
        return self._queue.qsize()
