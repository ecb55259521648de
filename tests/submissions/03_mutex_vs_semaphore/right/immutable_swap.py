import threading
import time
from typing import NamedTuple


class State(NamedTuple):
    active: int = 0
    peak: int = 0
    done: int = 0

    def entered(self):
        return State(self.active + 1, max(self.peak, self.active + 1), self.done)

    def left(self):
        return State(self.active - 1, self.peak, self.done + 1)


class Gate:
    """The three numbers are one immutable value, which is replaced as a whole."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._limit = limit
        self._state = State()
        self._swap = threading.Lock()

    def _came_in(self):
        with self._swap:
            if self._state.active == self._limit:
                return False
            self._state = self._state.entered()
            return True

    def run(self, job):
        while not self._came_in():
            time.sleep(0)
        try:
            return job()
        finally:
            with self._swap:
                self._state = self._state.left()

    @property
    def active(self):
        return self._state.active

    @property
    def peak(self):
        return self._state.peak

    @property
    def done(self):
        return self._state.done
