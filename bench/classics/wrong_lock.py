"""Wrong lock: two kinds of threads change one value, each under a lock of its own.

Source: SCTBench (`CS/wronglock_bad`, `CS/wronglock_3_bad`), from E. Farchi, Y. Nir, S. Ur (IPDPS
2003).
"""

import threading

from in_threads import run


class Bug:
    """One thread sees that the value changes by one; the others change it as well."""

    def __init__(self, others):
        self.others = others
        self.value = 0
        self.lock = threading.Lock()
        self.other_lock = threading.Lock()

    def change(self):
        with self.lock:
            before = self.value
            self.value = before + 1
            assert self.value == before + 1

    def change_otherwise(self):
        with self.other_lock:
            self.value += 1

    def threads(self):
        return [self.change] + [self.change_otherwise] * self.others

    def check(self):
        assert self.value == self.others + 1


class Fixed(Bug):
    """All use the same lock."""

    def __init__(self, others):
        super().__init__(others)
        self.other_lock = self.lock


def bug(others=1):
    """A change is lost."""
    run(Bug(others))


def fixed(others=1):
    """None is."""
    run(Fixed(others))
