import queue

_key = queue.Queue(maxsize=1)
_key.put("the key of the vault")


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    key = _key.get()
    try:
        ok = src.balance >= amount
        if ok:
            src.balance -= amount
            dst.balance += amount
        return ok
    finally:
        _key.put(key)


def total(accounts):
    key = _key.get()
    try:
        return sum(map(lambda account: account.balance, accounts))
    finally:
        _key.put(key)
