import itertools
import threading
import time

_numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.number = next(_numbers)
        self.lock = threading.Lock()
        self.version = 0  # odd while a transfer is under way


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src is dst:
        with src.lock:
            return src.balance >= amount
    first, second = sorted((src, dst), key=lambda a: a.number)
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        first.version += 1
        second.version += 1
        src.balance -= amount
        dst.balance += amount
        first.version += 1
        second.version += 1
        return True


def total(accounts):
    """Reads without locks and looks afterwards whether anything was changed meanwhile."""
    while True:
        versions = [account.version for account in accounts]
        if not any(version % 2 for version in versions):
            result = sum(account.balance for account in accounts)
            if versions == [account.version for account in accounts]:
                return result
        time.sleep(0)
