import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    """Whoever has to wait leaves a lock of its own in a row; who makes room or brings an item
    opens the first one. Whoever was let in looks again."""

    def __init__(self, capacity):
        self._lock = threading.Lock()
        self._capacity = capacity
        self._items = deque()
        self._putters = deque()
        self._getters = deque()
        self._closed = False

    @staticmethod
    def _line_up(row):
        ticket = threading.Lock()
        ticket.acquire()
        row.append(ticket)
        return ticket

    @staticmethod
    def _call(row):
        if row:
            row.popleft().release()

    def put(self, item):
        while True:
            with self._lock:
                if self._closed:
                    raise Closed
                if len(self._items) < self._capacity:
                    self._items.append(item)
                    self._call(self._getters)
                    return
                ticket = self._line_up(self._putters)
            ticket.acquire()

    def get(self):
        while True:
            with self._lock:
                if self._items:
                    item = self._items.popleft()
                    self._call(self._putters)
                    return item
                if self._closed:
                    raise Closed
                ticket = self._line_up(self._getters)
            ticket.acquire()

    def close(self):
        with self._lock:
            self._closed = True
            while self._putters:
                self._call(self._putters)
            while self._getters:
                self._call(self._getters)

    def __len__(self):
        with self._lock:
            return len(self._items)
