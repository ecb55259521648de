"""Stack: `push` and `pop` move the top and touch the array in two steps, without a lock.

Source: SCTBench (`CS/stack_bad`, from the Inspect benchmarks); the array-based stack of M. Herlihy,
N. Shavit: The art of multiprocessor programming.
"""

import threading

from in_threads import run


class Bug:
    """One thread pushes and another one pops."""

    def __init__(self, items):
        self.array = ["first"] + [None] * items
        self.top = 1  # where the next item goes
        self.items = items
        self.popped = []
        self.lock = threading.Lock()

    def push(self, item):
        self.array[self.top] = item
        self.top += 1

    def pop(self):
        if self.top == 0:
            return None
        self.top -= 1
        return self.array[self.top]

    def push_all(self):
        for item in range(self.items):
            self.push(item)

    def pop_all(self):
        for _ in range(self.items):
            item = self.pop()
            if item is not None:
                self.popped.append(item)

    def threads(self):
        return [self.push_all, self.pop_all]

    def check(self):
        left = self.array[: self.top]
        assert sorted(map(str, left + self.popped)) == sorted(
            ["first", *map(str, range(self.items))]
        )


class Fixed(Bug):
    """Each operation holds the lock."""

    def push(self, item):
        with self.lock:
            super().push(item)

    def pop(self):
        with self.lock:
            return super().pop()


def bug(items=1):
    """An item is lost, or popped twice."""
    run(Bug(items))


def fixed(items=1):
    """Each item is on the stack or was popped, once."""
    run(Fixed(items))
