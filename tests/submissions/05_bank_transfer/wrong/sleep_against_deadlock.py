import random
import threading
import time
from contextlib import ExitStack


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.RLock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    # a random pause, so that two transfers never start at the same time
    time.sleep(random.random() / 1000)
    with src.lock:
        with dst.lock:
            if src.balance < amount:
                return False
            src.balance -= amount
            dst.balance += amount
            return True


def total(accounts):
    with ExitStack() as stack:
        for account in sorted(accounts, key=id):
            stack.enter_context(account.lock)
        return sum(account.balance for account in accounts)
