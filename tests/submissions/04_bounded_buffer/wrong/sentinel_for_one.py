import queue
import threading


class Closed(Exception):
    pass


_END = object()


class BoundedBuffer:
    def __init__(self, capacity):
        self._free = threading.Semaphore(capacity)
        self._queue = queue.Queue()
        self._lock = threading.Lock()
        self._closed = False

    def put(self, item):
        while not self._free.acquire(timeout=0.1):
            if self._closed:
                raise Closed
        with self._lock:
            if self._closed:
                raise Closed
            self._queue.put(item)

    def get(self):
        item = self._queue.get()
        if item is _END:
            raise Closed
        self._free.release()
        return item

    def close(self):
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(_END)

    def __len__(self):
        with self._lock:
            return max(0, self._queue.qsize() - self._closed)
