import itertools
import threading
from contextlib import ExitStack

STRIPES = 2
_locks = [threading.Lock() for _ in range(STRIPES)]
_numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.stripe = next(_numbers) % STRIPES


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src is dst:
        with _locks[src.stripe]:
            return src.balance >= amount
    first, second = sorted((src, dst), key=lambda a: a.stripe)
    with _locks[first.stripe], _locks[second.stripe]:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with ExitStack() as stack:
        for lock in _locks:
            stack.enter_context(lock)
        return sum(account.balance for account in accounts)
