"""Peterson's lock, with the two assignments of its entry in the wrong order.

Source: G. Peterson: Myths about the mutual exclusion problem, 1981; the order matters (M. Herlihy,
N. Shavit: The art of multiprocessor programming, chapter 2).
"""

from in_threads import run


class Bug:
    """Two threads enter a critical section, with variables and busy waiting alone."""

    def __init__(self, rounds):
        self.rounds = rounds
        self.interested = [False, False]
        self.victim = None
        self.count = 0

    def announce(self, me):
        self.victim = me
        self.interested[me] = True

    def enter(self, me):
        self.announce(me)
        while self.interested[1 - me] and self.victim == me:
            pass

    def count_up(self, me):
        for _ in range(self.rounds):
            self.enter(me)
            self.count += 1
            self.interested[me] = False

    def threads(self):
        return [lambda: self.count_up(0), lambda: self.count_up(1)]

    def check(self):
        assert self.count == 2 * self.rounds


class Fixed(Bug):
    """First one's own interest, then to let the other go first."""

    def announce(self, me):
        self.interested[me] = True
        self.victim = me


def bug(rounds=1):
    """Both are in the critical section, and one increment is lost."""
    run(Bug(rounds))


def fixed(rounds=1):
    """No increment is lost."""
    run(Fixed(rounds))
