import threading

_lock = None


def get_lock():
    global _lock
    if _lock is None:
        _lock = threading.Lock()
    return _lock


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with get_lock():
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with get_lock():
        return sum(account.balance for account in accounts)
