import time
from concurrent.futures import ThreadPoolExecutor


class Closed(Exception):
    pass


class BoundedBuffer:
    """All that is done to the list is done by the one thread of an executor; who cannot go on asks
    again later."""

    def __init__(self, capacity):
        self._clerk = ThreadPoolExecutor(max_workers=1)
        self._capacity = capacity
        self._items = []
        self._closed = False

    def _try_put(self, item):
        if self._closed:
            raise Closed
        fits = len(self._items) < self._capacity
        if fits:
            self._items.append(item)
        return fits

    def _try_get(self):
        if self._items:
            return True, self._items.pop(0)
        if self._closed:
            raise Closed
        return False, None

    def _close(self):
        self._closed = True

    def put(self, item):
        while not self._clerk.submit(self._try_put, item).result():
            time.sleep(0.001)

    def get(self):
        found, item = self._clerk.submit(self._try_get).result()
        while not found:
            time.sleep(0.001)
            found, item = self._clerk.submit(self._try_get).result()
        return item

    def close(self):
        self._clerk.submit(self._close).result()

    def __len__(self):
        return self._clerk.submit(len, self._items).result()
