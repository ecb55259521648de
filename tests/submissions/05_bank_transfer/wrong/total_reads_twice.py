import threading
import time

_lock = threading.Lock()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with _lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    # if nothing moved between two looks, the numbers fit together
    while True:
        first = [account.balance for account in accounts]
        second = [account.balance for account in accounts]
        if first == second:
            return sum(first)
        time.sleep(0)
