import threading


class Closed(Exception):
    pass


class BoundedBuffer:
    """Keys of a dict keep their order."""

    def __init__(self, capacity):
        self._capacity = capacity
        self._items = {}
        self._closed = False
        self._changed = threading.Condition()

    def put(self, item):
        with self._changed:
            while len(self._items) >= self._capacity and not self._closed:
                self._changed.wait()
            if self._closed:
                raise Closed
            self._items[item] = True
            self._changed.notify_all()

    def get(self):
        with self._changed:
            while not self._items and not self._closed:
                self._changed.wait()
            if not self._items:
                raise Closed
            item = next(iter(self._items))
            del self._items[item]
            self._changed.notify_all()
            return item

    def close(self):
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def __len__(self):
        return len(self._items)
