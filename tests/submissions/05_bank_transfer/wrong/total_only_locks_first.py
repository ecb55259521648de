import itertools
import threading

_numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.number = next(_numbers)
        self.lock = threading.RLock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    first, second = sorted((src, dst), key=lambda a: a.number)
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    # every transfer has to take the lowest lock first, so that one is enough
    lowest = min(accounts, key=lambda a: a.number)
    with lowest.lock:
        return sum(account.balance for account in accounts)
