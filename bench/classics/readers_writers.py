"""Readers and writers: a reader counts itself outside of the mutex that protects the count.

Source: P. Courtois, F. Heymans, D. Parnas: Concurrent control with "readers" and "writers", CACM
1971; SCTBench has `CS/read_write_lock_1_bad`.
"""

import threading

from in_threads import run


class Bug:
    """The first reader locks the writers out, the last lets them in."""

    def __init__(self, readers):
        self.readers = readers
        self.reading = 0
        self.mutex = threading.Lock()  # protects `reading`
        self.room = threading.Semaphore(1)  # of the readers together, or of one writer
        self.data = (0, 0)

    def enter(self):
        self.reading += 1
        with self.mutex:
            if self.reading == 1:
                self.room.acquire()

    def leave(self):
        with self.mutex:
            self.reading -= 1
            if self.reading == 0:
                self.room.release()

    def read(self):
        self.enter()
        first, second = self.data[0], self.data[1]
        self.leave()
        assert first == second

    def write(self):
        with self.room:
            self.data = (1, 1)

    def threads(self):
        return [self.read] * self.readers + [self.write]

    def check(self):
        assert self.reading == 0


class Fixed(Bug):
    """A reader counts itself while it has the mutex."""

    def enter(self):
        with self.mutex:
            self.reading += 1
            if self.reading == 1:
                self.room.acquire()


def bug(readers=2):
    """The count is wrong: nobody locks the writers out, or nobody lets them in again."""
    run(Bug(readers))


def fixed(readers=2):
    """Nobody reads while somebody writes."""
    run(Fixed(readers))
