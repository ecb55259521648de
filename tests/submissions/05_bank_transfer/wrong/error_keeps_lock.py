import threading

_lock = threading.Lock()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    _lock.acquire()
    if amount <= 0:
        raise ValueError("amount must be positive")
    ok = False
    if src.balance >= amount:
        src.balance -= amount
        dst.balance += amount
        ok = True
    _lock.release()
    return ok


def total(accounts):
    with _lock:
        return sum(account.balance for account in accounts)
