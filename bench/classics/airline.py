"""Airline: agents sell seats as long as there are some, and more than there are.

Source: `airline` of the IBM benchmark (E. Farchi, Y. Nir, S. Ur, IPDPS 2003; Y. Eytani, S. Ur:
Compiling a benchmark of documented multi-threaded bugs, 2004).
"""

import threading

from in_threads import run


class Bug:
    """Each agent sells one ticket if there is a seat left."""

    def __init__(self, agents, seats):
        self.agents = agents
        self.seats = seats
        self.sold = 0
        self.lock = threading.Lock()

    def sell(self):
        if self.sold < self.seats:
            with self.lock:
                self.sold += 1

    def threads(self):
        return [self.sell] * self.agents

    def check(self):
        assert self.sold == min(self.agents, self.seats)


class Fixed(Bug):
    """To look and to sell are one step."""

    def sell(self):
        with self.lock:
            if self.sold < self.seats:
                self.sold += 1


def bug(agents=3, seats=2):
    """A seat is sold twice."""
    run(Bug(agents, seats))


def fixed(agents=3, seats=2):
    """Every seat is sold once."""
    run(Fixed(agents, seats))
