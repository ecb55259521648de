import threading
from contextlib import ExitStack


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()

    def withdraw(self, amount):
        with self.lock:
            if self.balance < amount:
                return False
            self.balance -= amount
            return True

    def deposit(self, amount):
        with self.lock:
            self.balance += amount


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if not src.withdraw(amount):
        return False
    dst.deposit(amount)
    return True


def total(accounts):
    with ExitStack() as stack:
        for account in sorted(accounts, key=id):
            stack.enter_context(account.lock)
        return sum(account.balance for account in accounts)
