import collections
import threading


class Closed(Exception):
    pass


class BoundedBuffer:
    """Two semaphores count free places and items. After close() one extra permit of each goes
    from hand to hand, so that everybody who waits comes to see that it is closed."""

    def __init__(self, capacity):
        self._mutex = threading.Lock()
        self._places = threading.Semaphore(capacity)
        self._filled = threading.Semaphore(0)
        self._items = collections.deque()
        self._closed = False

    def put(self, item):
        self._places.acquire()
        with self._mutex:
            if not self._closed:
                self._items.append(item)
                self._filled.release()
                return
        self._places.release()
        raise Closed("put on a closed buffer")

    def get(self):
        self._filled.acquire()
        with self._mutex:
            if self._items:
                item = self._items.popleft()
                self._places.release()
                return item
        self._filled.release()
        raise Closed("nothing is left")

    def close(self):
        with self._mutex:
            self._closed = True
        self._places.release()
        self._filled.release()

    def __len__(self):
        with self._mutex:
            return len(self._items)
