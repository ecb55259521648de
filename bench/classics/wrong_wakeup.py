"""Wrong wake-up: producers and consumers wait on one condition, and `notify` wakes any of them.

Source: the bounded buffer of monitors, with `notify` where `notifyAll` is needed (J. Magee, J.
Kramer: Concurrency: state models and Java programs; B. Long, P. Strooper, L. Wildman: A method for
verifying concurrent Java components based on an analysis of concurrency failures, 2007).
"""

import threading

from in_threads import run


class Bug:
    """A buffer for one item, with as many producers as consumers."""

    def __init__(self, pairs):
        self.pairs = pairs
        self.items = []
        self.changed = threading.Condition()

    def tell(self):
        self.changed.notify()

    def put(self):
        with self.changed:
            while self.items:
                self.changed.wait()
            self.items.append("item")
            self.tell()

    def get(self):
        with self.changed:
            while not self.items:
                self.changed.wait()
            self.items.pop()
            self.tell()

    def threads(self):
        return [self.get] * self.pairs + [self.put] * self.pairs

    def check(self):
        assert not self.items


class Fixed(Bug):
    """Everybody is woken up."""

    def tell(self):
        self.changed.notify_all()


def bug(pairs=2):
    """A consumer's notification wakes a consumer, and nobody is left to wake the producer."""
    run(Bug(pairs))


def fixed(pairs=2):
    """Everybody comes to the end."""
    run(Fixed(pairs))
