import threading


class Closed(BaseException):
    """Not an Exception, so that nobody's `except Exception` takes it for an accident."""


class _Place:
    def __init__(self):
        self.free = threading.Lock()
        self.full = threading.Lock()
        self.full.acquire()
        self.item = None


class BoundedBuffer:
    """A ring of places with two locks each; a lock here is acquired by one thread and released by
    another one. A turnstile at each end lets one thread at a time wait for its place."""

    def __init__(self, capacity):
        self._ring = [_Place() for _ in range(capacity)]
        self._put_turn = threading.Lock()
        self._get_turn = threading.Lock()
        self._guard = threading.Lock()
        self._next_put = self._next_get = 0
        self._closed = False

    def put(self, item):
        with self._put_turn:
            place = self._ring[self._next_put % len(self._ring)]
            place.free.acquire()
            with self._guard:
                if self._closed:
                    place.free.release()
                    raise Closed
                place.item = item
                self._next_put += 1
                place.full.release()

    def get(self):
        with self._get_turn:
            place = self._ring[self._next_get % len(self._ring)]
            place.full.acquire()
            with self._guard:
                if self._next_get == self._next_put:
                    place.full.release()
                    raise Closed
                item, place.item = place.item, None
                self._next_get += 1
                if not self._closed:
                    place.free.release()
                elif self._next_get == self._next_put:
                    self._behind().full.release()  # a get that waits, or comes, finds nothing
                return item

    def _behind(self):
        return self._ring[self._next_put % len(self._ring)]

    def close(self):
        with self._guard:
            if self._closed:
                return
            self._closed = True
            inside = self._next_put - self._next_get
            if inside == len(self._ring):
                self._behind().free.release()  # a put that waits, or comes, finds it closed
            if inside == 0:
                self._behind().full.release()

    def __len__(self):
        with self._guard:
            return self._next_put - self._next_get
