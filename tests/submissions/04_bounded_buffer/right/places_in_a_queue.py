import queue
import threading


class Closed(Exception):
    pass


_PLACE = object()
_END = object()


class BoundedBuffer:
    """Free places are tokens in a queue, too: a put takes a place and brings an item, a get takes
    an item and brings the place back. The end is a token that whoever meets it hands on."""

    def __init__(self, capacity):
        self._places = queue.SimpleQueue()
        self._items = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._closed = False
        for _ in range(capacity):
            self._places.put(_PLACE)

    def put(self, item):
        place = self._places.get()
        if place is not _END:
            with self._guard:
                if not self._closed:
                    self._items.put(item)
                    return
        self._places.put(_END)
        raise Closed()

    def get(self):
        item = self._items.get()
        if item is _END:
            self._items.put(_END)
            raise Closed()
        self._places.put(_PLACE)
        return item

    def close(self):
        with self._guard:
            if not self._closed:
                self._closed = True
                self._items.put(_END)
                self._places.put(_END)

    def __len__(self):
        with self._guard:
            return max(0, self._items.qsize() - self._closed)  # somebody may have the end in hand
