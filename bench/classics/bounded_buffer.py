"""Bounded buffer: a consumer that was woken up does not look again whether something is there.

Source: the `if` in place of a `while` around a monitor's wait, Hoare's signalling assumed where
Mesa's holds (B. Lampson, D. Redell: Experience with processes and monitors in Mesa, CACM 1980).
"""

import threading

from in_threads import run


class Bug:
    """One producer, several consumers, and a condition for each of the two things to wait for."""

    def __init__(self, consumers):
        self.consumers = consumers
        self.items = []
        self.taken = []
        self.lock = threading.Lock()
        self.not_full = threading.Condition(self.lock)
        self.not_empty = threading.Condition(self.lock)

    def put(self, item):
        with self.lock:
            while len(self.items) == 1:
                self.not_full.wait()
            self.items.append(item)
            self.not_empty.notify()

    def get(self):
        with self.lock:
            if not self.items:
                self.not_empty.wait()
            item = self.items.pop()
            self.not_full.notify()
            return item

    def produce(self):
        for item in range(self.consumers):
            self.put(item)

    def consume(self):
        self.taken.append(self.get())

    def threads(self):
        return [self.consume] * self.consumers + [self.produce]

    def check(self):
        assert sorted(self.taken) == list(range(self.consumers))


class Fixed(Bug):
    """Who is woken up looks again."""

    def get(self):
        with self.lock:
            while not self.items:
                self.not_empty.wait()
            item = self.items.pop()
            self.not_full.notify()
            return item


def bug(consumers=2):
    """Another consumer was faster: there is nothing to take."""
    run(Bug(consumers))


def fixed(consumers=2):
    """Every consumer gets one item."""
    run(Fixed(consumers))
