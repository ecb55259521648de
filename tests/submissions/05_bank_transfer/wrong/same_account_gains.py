import threading

_lock = threading.Lock()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with _lock:
        new_src = src.balance - amount
        new_dst = dst.balance + amount
        if new_src < 0:
            return False
        src.balance = new_src
        dst.balance = new_dst
        return True


def total(accounts):
    with _lock:
        return sum(account.balance for account in accounts)
