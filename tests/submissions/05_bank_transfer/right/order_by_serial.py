from contextlib import contextmanager
from itertools import count
from threading import RLock

_serial_numbers = count(1)


class Account:
    def __init__(self, name, balance=0):
        self.serial = next(_serial_numbers)
        self.name = name
        self.balance = balance
        self.lock = RLock()

    def __repr__(self):
        return f"<account {self.serial} of {self.name}: {self.balance}>"


@contextmanager
def locked(accounts):
    """Lock all of the accounts, always the lowest serial number first."""
    held = []
    try:
        for account in sorted(accounts, key=lambda a: a.serial):
            account.lock.acquire()
            held.append(account)
        yield
    finally:
        while held:
            held.pop().lock.release()


def transfer(src, dst, amount):
    if not amount > 0:
        raise ValueError("only positive amounts can be moved")
    with locked([src, dst]):
        if src.balance >= amount:
            src.balance -= amount
            dst.balance += amount
            return True
        return False


def total(accounts):
    with locked(accounts):
        return sum(a.balance for a in accounts)
