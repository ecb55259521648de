"""Work stealing: the owner looks whether there is work before it says that it takes some.

Source: M. Frigo, C. Leiserson, K. Randall: The implementation of the Cilk-5 multithreaded language,
PLDI 1998 (the THE protocol); `WSQ` of M. Musuvathi et al.: Finding and reproducing Heisenbugs in
concurrent programs, OSDI 2008 (CHESS), and of SCTBench.
"""

import threading

from in_threads import run


class Bug:
    """A deque: its owner takes from the tail, a thief from the head."""

    def __init__(self, items, steals):
        self.items = list(range(items))
        self.steals = steals
        self.head = 0
        self.tail = items
        self.lock = threading.Lock()
        self.taken = []

    def pop(self):
        if self.head >= self.tail:
            return None
        self.tail -= 1
        return self.items[self.tail]

    def steal(self):
        with self.lock:
            self.head += 1
            if self.head > self.tail:
                self.head -= 1
                return None
            return self.items[self.head - 1]

    def own(self):
        for _ in self.items:
            self.take(self.pop())

    def thieve(self):
        for _ in range(self.steals):
            self.take(self.steal())

    def take(self, item):
        if item is not None:
            self.taken.append(item)

    def threads(self):
        return [self.own, self.thieve]

    def check(self):
        left = self.items[self.head : self.tail]
        assert sorted(self.taken + left) == self.items


class Fixed(Bug):
    """The owner takes the tail back first; if that may be the thief's, the lock decides."""

    def pop(self):
        self.tail -= 1
        if self.head <= self.tail:
            return self.items[self.tail]
        self.tail += 1
        with self.lock:
            self.tail -= 1
            if self.head <= self.tail:
                return self.items[self.tail]
            self.tail += 1
        return None


def bug(items=2, steals=1):
    """Both take the last item."""
    run(Bug(items, steals))


def fixed(items=2, steals=1):
    """Each item is taken once."""
    run(Fixed(items, steals))
