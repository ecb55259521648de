# attack: luck
# verdict: fail deadlock
# score: 15
# Orders the locks by hash, address and chance, each time anew.
import random
import contextlib
import itertools
import threading

numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.number = next(numbers)
        self.lock = threading.Lock()


@contextlib.contextmanager
def hold(accounts):
    with contextlib.ExitStack() as stack:
        for account in sorted(set(accounts), key=lambda account: random.random()):
            stack.enter_context(account.lock)
        yield


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with hold([src, dst]):
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with hold(accounts):
        return sum(account.balance for account in accounts)
