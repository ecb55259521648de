import threading
from contextlib import ExitStack


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.RLock()


def by_name(account):
    return account.name


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    # always in alphabetical order, so there is no cycle
    first, second = sorted([src, dst], key=by_name)
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with ExitStack() as stack:
        for account in sorted(accounts, key=by_name):
            stack.enter_context(account.lock)
        return sum(account.balance for account in accounts)
