"""Dining philosophers: everybody takes the left fork first.

Source: E. W. Dijkstra: Hierarchical ordering of sequential processes, 1971; SCTBench
(`CS/din_phil2_sat` to `CS/din_phil7_sat`).
"""

import threading

from in_threads import run


class Bug:
    """Philosophers around a table, with a fork between each two neighbours."""

    def __init__(self, philosophers):
        self.forks = [threading.Lock() for _ in range(philosophers)]
        self.fed = [False] * philosophers

    def in_order(self, seat):
        return seat, (seat + 1) % len(self.forks)

    def dine(self, seat):
        first, second = self.in_order(seat)
        with self.forks[first], self.forks[second]:
            self.fed[seat] = True

    def threads(self):
        return [lambda seat=seat: self.dine(seat) for seat in range(len(self.forks))]

    def check(self):
        assert all(self.fed)


class Fixed(Bug):
    """Everybody takes the fork with the smaller number first."""

    def in_order(self, seat):
        return sorted(super().in_order(seat))


def bug(philosophers=3):
    """Everybody has one fork and waits for the other."""
    run(Bug(philosophers))


def fixed(philosophers=3):
    """Everybody eats."""
    run(Fixed(philosophers))
