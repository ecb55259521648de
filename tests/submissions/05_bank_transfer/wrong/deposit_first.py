import threading
from contextlib import ExitStack


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()

    def add(self, amount):
        with self.lock:
            if self.balance + amount < 0:
                return False
            self.balance += amount
            return True


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src is dst:
        with src.lock:
            return src.balance >= amount
    # first give, then take: so no money can get lost on the way
    dst.add(amount)
    if src.add(-amount):
        return True
    dst.add(-amount)
    return False


def total(accounts):
    with ExitStack() as stack:
        for account in sorted(accounts, key=id):
            stack.enter_context(account.lock)
        return sum(account.balance for account in accounts)
