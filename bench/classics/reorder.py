"""Reorder: setters write two variables one after the other, and a checker looks in between.

Source: SCTBench (`CS/reorder_3_bad`, `_4_`, `_5_`, `_10_`, `_20_`; the number is that of threads).
"""

import threading

from in_threads import run


class Bug:
    """All threads but one set both variables; the last one reads them."""

    def __init__(self, threads):
        self.setters = threads - 1
        self.a = 0
        self.b = 0
        self.lock = threading.Lock()

    def set(self):
        self.a = 1
        self.b = -1

    def look(self):
        assert (self.a, self.b) in {(0, 0), (1, -1)}

    def threads(self):
        return [self.set] * self.setters + [self.look]

    def check(self):
        assert (self.a, self.b) == (1, -1)


class Fixed(Bug):
    """Both variables change and are read under a lock."""

    def set(self):
        with self.lock:
            super().set()

    def look(self):
        with self.lock:
            super().look()


def bug(threads=3):
    """The checker sees one of the two."""
    run(Bug(threads))


def fixed(threads=3):
    """The checker sees none or both."""
    run(Fixed(threads))
