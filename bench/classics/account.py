"""Account: a transfer holds the lock of the account that pays, not of the one that is paid.

Source: `account` of the IBM benchmark (E. Farchi, Y. Nir, S. Ur: Concurrent bug patterns and how
to test them, IPDPS 2003).
"""

import threading

from in_threads import run


class Account:
    """A balance, and the lock that protects it."""

    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()

    def deposit(self, amount):
        with self.lock:
            self.balance += amount


class Bug:
    """Somebody transfers to an account while somebody else deposits there."""

    def __init__(self):
        self.first = Account(100)
        self.second = Account(100)

    def transfer(self):
        with self.first.lock:
            self.first.balance -= 30
            self.second.balance += 30

    def deposit(self):
        self.second.deposit(50)

    def threads(self):
        return [self.transfer, self.deposit]

    def check(self):
        assert (self.first.balance, self.second.balance) == (70, 180)


class Fixed(Bug):
    """The transfer holds both locks."""

    def transfer(self):
        with self.first.lock, self.second.lock:
            self.first.balance -= 30
            self.second.balance += 30


def bug():
    """A deposit or a transfer is lost."""
    run(Bug())


def fixed():
    """Neither is."""
    run(Fixed())
