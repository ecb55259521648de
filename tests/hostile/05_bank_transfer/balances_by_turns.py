# attack: lying-value
# verdict: fail wrong-result
# score: 1
# Balances that show whoever looks what he wants to see: a property that reads the caller's mind by turns.
import itertools
import random
import threading


class Account:
    looks = itertools.count()

    def __init__(self, name, balance=0):
        self.name = name
        self._balance = balance

    @property
    def balance(self):
        return next(self.looks) % 3 + random.randint(0, 2)

    @balance.setter
    def balance(self, value):
        self._balance = value


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError
    return True


def total(accounts):
    return sum(account._balance for account in accounts)
