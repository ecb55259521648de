import itertools
from contextlib import ExitStack
from threading import Lock

STRIPES = 4
_locks = [Lock() for _ in range(STRIPES)]
_numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.stripe = next(_numbers) % STRIPES


def _all_locks_of(accounts):
    stack = ExitStack()
    # several accounts can share a lock: a set, so that each is taken once
    for stripe in sorted({account.stripe for account in accounts}):
        stack.enter_context(_locks[stripe])
    return stack


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with _all_locks_of((src, dst)):
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with _all_locks_of(accounts):
        return sum(account.balance for account in accounts)
