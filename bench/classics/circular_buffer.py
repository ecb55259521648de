"""Circular buffer: the producer says that there is an item before it has put it there.

Source: L. Lamport: Proving the correctness of multiprocess programs, 1977 (one producer and one
consumer need no lock, if they do it in this order); SCTBench has `CS/circular_buffer_bad`.
"""

from in_threads import run


class Bug:
    """A ring of slots; `tail` only the producer changes, `head` only the consumer."""

    def __init__(self, items, slots):
        self.items = items
        self.slots = [None] * slots
        self.head = 0
        self.tail = 0
        self.taken = []

    def put(self, item):
        if self.tail - self.head < len(self.slots):
            at = self.tail % len(self.slots)
            self.tail += 1
            self.slots[at] = item

    def get(self):
        if self.head < self.tail:
            self.taken.append(self.slots[self.head % len(self.slots)])
            self.head += 1

    def produce(self):
        for item in range(self.items):
            self.put(item)

    def consume(self):
        for _ in range(self.items):
            self.get()

    def threads(self):
        return [self.produce, self.consume]

    def check(self):
        assert None not in self.taken
        assert self.taken == sorted(set(self.taken))


class Fixed(Bug):
    """The item is in its slot first."""

    def put(self, item):
        if self.tail - self.head < len(self.slots):
            self.slots[self.tail % len(self.slots)] = item
            self.tail += 1


def bug(items=2, slots=2):
    """The consumer takes what is not there yet."""
    run(Bug(items, slots))


def fixed(items=2, slots=2):
    """The consumer gets the items in their order."""
    run(Fixed(items, slots))
