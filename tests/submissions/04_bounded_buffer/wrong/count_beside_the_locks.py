import threading


class Closed(Exception):
    pass


class BoundedBuffer:
    """A lock for each end, so that putting and getting do not get in each other's way."""

    def __init__(self, capacity):
        self._ring = [None] * capacity
        self._first = self._next = self._count = 0
        self._closed = False
        self._put_lock = threading.Lock()
        self._get_lock = threading.Lock()
        self._changed = threading.Condition()

    def put(self, item):
        with self._put_lock:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._count < len(self._ring))
                if self._closed:
                    raise Closed
            self._ring[self._next] = item
            self._next = (self._next + 1) % len(self._ring)
            self._count += 1
        with self._changed:
            self._changed.notify_all()

    def get(self):
        with self._get_lock:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._count)
                if not self._count:
                    raise Closed
            item = self._ring[self._first]
            self._first = (self._first + 1) % len(self._ring)
            self._count -= 1
        with self._changed:
            self._changed.notify_all()
        return item

    def close(self):
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def __len__(self):
        return self._count
