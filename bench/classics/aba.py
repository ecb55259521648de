"""ABA: the top of a lock-free stack is again the node that it was, but another one is below it.

Source: IBM System/370 principles of operation, 1983; R. K. Treiber: Systems programming: coping
with parallelism, 1986; M. Herlihy, N. Shavit: The art of multiprocessor programming, section 10.6.
"""

import threading

from in_threads import run


class Node:
    """A node of the stack, which is used again after it was popped."""

    def __init__(self, name, below):
        self.name = name
        self.below = below


class Bug:
    """One thread pops; another one pops twice and pushes the first node back."""

    def __init__(self):
        bottom = Node("bottom", None)
        middle = Node("middle", bottom)
        self.nodes = [bottom, middle, Node("top", middle)]
        self.top = (self.nodes[2], 0)  # the node, and how often the top has changed
        self.lock = threading.Lock()  # makes compare-and-swap atomic
        self.popped = []

    def is_still(self, seen):
        return self.top[0] is seen[0]

    def compare_and_swap(self, seen, node):
        with self.lock:
            if not self.is_still(seen):
                return False
            self.top = (node, self.top[1] + 1)
            return True

    def pop(self):
        while True:
            seen = self.top
            if self.compare_and_swap(seen, seen[0].below):
                return seen[0]

    def push(self, node):
        while True:
            seen = self.top
            node.below = seen[0]
            if self.compare_and_swap(seen, node):
                return

    def pop_one(self):
        self.popped.append(self.pop().name)

    def pop_two_push_one(self):
        first = self.pop()
        self.popped.append(self.pop().name)
        self.push(first)

    def threads(self):
        return [self.pop_one, self.pop_two_push_one]

    def check(self):
        names, node = list(self.popped), self.top[0]
        while node is not None:
            names.append(node.name)
            node = node.below
        assert sorted(names) == ["bottom", "middle", "top"]


class Fixed(Bug):
    """It counts how often the top has changed, and compares that as well."""

    def is_still(self, seen):
        return self.top == seen


def bug():
    """A node that was popped is on the stack again."""
    run(Bug())


def fixed():
    """Each node is on the stack or was popped, once."""
    run(Fixed())
