import queue
import threading


class Gate:
    """Numbered seats: everybody takes the lowest that is free. So the highest seat that was ever
    taken tells the peak, and the seats that are missing tell who is in.
    """

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._limit = limit
        self._seats = queue.PriorityQueue()
        for seat in range(1, limit + 1):
            self._seats.put(seat)
        self._lock = threading.Lock()
        self._highest = 0
        self._ended = 0

    def run(self, job):
        seat = self._seats.get()
        try:
            with self._lock:
                if seat > self._highest:
                    self._highest = seat
            return job()
        finally:
            with self._lock:
                self._ended += 1
            self._seats.put(seat)

    @property
    def active(self):
        return self._limit - self._seats.qsize()

    @property
    def peak(self):
        return self._highest

    @property
    def done(self):
        return self._ended
