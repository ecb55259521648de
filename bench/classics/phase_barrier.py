"""Phase barrier: a thread comes around again before the others have left, and passes at once.

Source: A. Downey: The little book of semaphores, 2nd edition, section 3.6 (reusable barrier, its
second non-solution, and its solution with two turnstiles).
"""

import threading

from in_threads import run


class Bug:
    """Threads work in phases; nobody may begin one before all have ended the one before."""

    def __init__(self, parties, phases):
        self.parties = parties
        self.phases = phases
        self.mutex = threading.Lock()  # protects `count`
        self.count = 0
        self.turnstile = threading.Semaphore(0)
        self.done = [0] * parties

    def meet(self):
        with self.mutex:
            self.count += 1
            if self.count == self.parties:
                self.turnstile.release()
        self.turnstile.acquire()
        self.turnstile.release()
        with self.mutex:
            self.count -= 1
            if self.count == 0:
                self.turnstile.acquire()

    def work(self, me):
        for phase in range(1, self.phases + 1):
            self.done[me] = phase
            self.meet()
            for done in self.done:
                assert done >= phase

    def threads(self):
        return [lambda me=me: self.work(me) for me in range(self.parties)]

    def check(self):
        assert self.done == [self.phases] * self.parties


class Fixed(Bug):
    """Nobody passes the second turnstile before all have passed the first."""

    def __init__(self, parties, phases):
        super().__init__(parties, phases)
        self.second = threading.Semaphore(1)

    def meet(self):
        with self.mutex:
            self.count += 1
            if self.count == self.parties:
                self.second.acquire()
                self.turnstile.release()
        self.turnstile.acquire()
        self.turnstile.release()
        with self.mutex:
            self.count -= 1
            if self.count == 0:
                self.turnstile.acquire()
                self.second.release()
        self.second.acquire()
        self.second.release()


def bug(parties=2, phases=2):
    """A thread is a phase ahead."""
    run(Bug(parties, phases))


def fixed(parties=2, phases=2):
    """All are in the same phase."""
    run(Fixed(parties, phases))
