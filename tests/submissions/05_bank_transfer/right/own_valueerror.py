import threading


class BadAmount(ValueError):
    """The amount is not positive."""


_bank = threading.RLock()


class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance = name, balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise BadAmount(amount)
    with _bank:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with _bank:
        return sum(a.balance for a in accounts)
