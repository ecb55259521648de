"""Two-stage: two values that belong together have a lock each, and are changed one by one.

Source: C. Artho, K. Havelund, A. Biere: High-level data races, 2003; SCTBench (`CS/twostage_bad`,
`CS/twostage_100_bad`).
"""

import threading

from in_threads import run


class Bug:
    """Writers set the first value, then the second from it; a reader compares the two."""

    def __init__(self, writers):
        self.writers = writers
        self.first = 0
        self.second = 0
        self.first_lock = threading.Lock()
        self.second_lock = threading.Lock()

    def write(self):
        with self.first_lock:
            self.first = 1
        with self.second_lock:
            self.second = self.first + 1

    def read(self):
        with self.first_lock:
            if self.first == 0:
                return
            first = self.first
        with self.second_lock:
            second = self.second
        assert second == first + 1

    def threads(self):
        return [self.write] * self.writers + [self.read]

    def check(self):
        assert (self.first, self.second) == (1, 2)


class Fixed(Bug):
    """The first lock is held until the second value is there."""

    def write(self):
        with self.first_lock:
            self.first = 1
            with self.second_lock:
                self.second = self.first + 1


def bug(writers=1):
    """The reader sees the first value without the second."""
    run(Bug(writers))


def fixed(writers=1):
    """Who sees the first value sees the second."""
    run(Fixed(writers))
