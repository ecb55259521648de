"""Lazy initialisation: who finds no instance makes one, and others may do so at the same time.

Source: the pattern that double-checked locking is for (D. Schmidt, T. Harrison: Double-checked
locking, PLoP 1996), among the bug patterns of E. Farchi, Y. Nir, S. Ur (IPDPS 2003).
"""

import threading

from in_threads import run


class Bug:
    """Several threads ask for the one instance."""

    def __init__(self, users):
        self.users = users
        self.instance = None
        self.lock = threading.Lock()
        self.seen = []

    def get(self):
        if self.instance is None:
            self.instance = object()
        return self.instance

    def use(self):
        self.seen.append(self.get())

    def threads(self):
        return [self.use] * self.users

    def check(self):
        assert all(one is self.instance for one in self.seen)


class Fixed(Bug):
    """Who finds no instance looks again when it has the lock."""

    def get(self):
        if self.instance is None:
            with self.lock:
                if self.instance is None:
                    self.instance = object()
        return self.instance


def bug(users=2):
    """Two threads work with two instances."""
    run(Bug(users))


def fixed(users=2):
    """All work with one."""
    run(Fixed(users))
