"""Indexer: threads insert messages into a hash table, and take the next slot if one is taken.

Source: C. Flanagan, P. Godefroid: Dynamic partial-order reduction for model checking software, POPL
2005, which has compare-and-swap where the bug looks first and writes then.
"""

import threading

from in_threads import run


class Bug:
    """Each thread inserts some messages; messages of the same number collide."""

    def __init__(self, inserters, messages, size):
        self.inserters = inserters
        self.messages = messages
        self.table = [0] * size
        self.lock = threading.Lock()  # makes compare-and-swap atomic

    def compare_and_swap(self, slot, old, new):
        if self.table[slot] != old:
            return False
        self.table[slot] = new
        return True

    def insert(self, inserter):
        for number in range(self.messages):
            message = number * self.inserters + inserter + 1
            slot = number % len(self.table)
            while not self.compare_and_swap(slot, 0, message):
                slot = (slot + 1) % len(self.table)

    def threads(self):
        return [lambda me=inserter: self.insert(me) for inserter in range(self.inserters)]

    def check(self):
        inserted = sorted(message for message in self.table if message)
        assert inserted == list(range(1, self.inserters * self.messages + 1))


class Fixed(Bug):
    """Nobody comes in between."""

    def compare_and_swap(self, slot, old, new):
        with self.lock:
            return super().compare_and_swap(slot, old, new)


def bug(inserters=2, messages=2, size=4):
    """A message is written over another one."""
    run(Bug(inserters, messages, size))


def fixed(inserters=2, messages=2, size=4):
    """All messages are in the table."""
    run(Fixed(inserters, messages, size))
