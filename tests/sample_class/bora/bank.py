from itertools import count
from threading import Lock

_numbers = count(1)


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.number = next(_numbers)
        self.lock = Lock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src is dst:
        with src.lock:
            return src.balance >= amount
    # the account with the smaller number always comes first
    first, second = (src, dst) if src.number < dst.number else (dst, src)
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    ordered = sorted(accounts, key=lambda account: account.number)
    for account in ordered:
        account.lock.acquire()
    try:
        return sum(account.balance for account in ordered)
    finally:
        for account in reversed(ordered):
            account.lock.release()
