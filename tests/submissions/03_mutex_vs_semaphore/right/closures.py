from contextlib import contextmanager
from threading import Condition, RLock


def make(limit):
    active = peak = done = 0
    free_place = Condition(RLock())

    @contextmanager
    def place():
        nonlocal active, peak, done
        with free_place:
            free_place.wait_for(lambda: active < limit)
            active += 1
            peak = max(peak, active)
        try:
            yield
        finally:
            with free_place:
                active -= 1
                done += 1
                free_place.notify_all()

    def look():
        return active, peak, done

    return place, look


class Gate:
    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._place, self._look = make(limit)

    def run(self, job):
        with self._place():
            return job()

    @property
    def active(self):
        return self._look()[0]

    @property
    def peak(self):
        return self._look()[1]

    @property
    def done(self):
        return self._look()[2]
