import threading

_bank = threading.Condition()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with _bank:
        while src.balance < amount:
            _bank.wait()
        src.balance -= amount
        dst.balance += amount
        _bank.notify_all()
        return True


def total(accounts):
    with _bank:
        return sum(account.balance for account in accounts)
