from itertools import accumulate
from threading import BoundedSemaphore


class Gate:
    """Nothing is counted: every coming and going is written down, and the numbers are read off.

    Appending to a list and copying it are single operations.
    """

    def __init__(self, limit):
        if limit < 1:
            raise ValueError(f"{limit} places are too few")
        self._log = []
        self._sem = BoundedSemaphore(limit)

    def run(self, job):
        with self._sem:
            self._log.append(1)
            try:
                return job()
            finally:
                self._log.append(-1)

    @property
    def active(self):
        return sum(self._log.copy())

    @property
    def peak(self):
        return max(accumulate(self._log.copy()), default=0)

    @property
    def done(self):
        return self._log.count(-1)
