import threading


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self._balance = balance
        self.lock = threading.Lock()

    @property
    def balance(self):
        with self.lock:
            return self._balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src is dst:
        return src.balance >= amount
    first, second = sorted((src, dst), key=id)
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        src._balance -= amount
        dst._balance += amount
        return True


def total(accounts):
    ordered = sorted(accounts, key=id)
    for account in ordered:
        account.lock.acquire()
    try:
        return sum(account._balance for account in ordered)
    finally:
        for account in ordered:
            account.lock.release()
