import threading

_lock = threading.Lock()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance

    def transfer(self, dst, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with _lock:
            if self.balance < amount:
                return False
            self.balance -= amount
            dst.balance += amount
            return True


def total(accounts):
    with _lock:
        return sum(account.balance for account in accounts)
