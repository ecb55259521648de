"""Fibonacci: two variables, each added to the other again and again.

Source: SV-COMP (`pthread/fib_bench-1` and `fib_bench-2`); only strict alternation reaches the
largest value.
"""

from in_threads import run


class Bug:
    """It claims that the largest value cannot be reached."""

    def __init__(self, rounds):
        self.rounds = rounds
        self.i = 1
        self.j = 1

    def limit(self):
        before, last = 1, 1
        for _ in range(2 * self.rounds):
            before, last = last, before + last
        return last

    def add_to_i(self):
        for _ in range(self.rounds):
            self.i += self.j

    def add_to_j(self):
        for _ in range(self.rounds):
            self.j += self.i

    def threads(self):
        return [self.add_to_i, self.add_to_j]

    def check(self):
        assert max(self.i, self.j) < self.limit()


class Fixed(Bug):
    """It claims that no value is larger."""

    def check(self):
        assert max(self.i, self.j) <= self.limit()


def bug(rounds=2):
    """The largest value is reached."""
    run(Bug(rounds))


def fixed(rounds=2):
    """No larger one is."""
    run(Fixed(rounds))
