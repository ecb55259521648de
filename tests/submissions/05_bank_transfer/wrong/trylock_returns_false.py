import threading


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.RLock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if not src.lock.acquire(blocking=False):
        return False
    try:
        if not dst.lock.acquire(blocking=False):
            return False
        try:
            if src.balance < amount:
                return False
            src.balance -= amount
            dst.balance += amount
            return True
        finally:
            dst.lock.release()
    finally:
        src.lock.release()


def total(accounts):
    ordered = sorted(accounts, key=id)
    for account in ordered:
        account.lock.acquire()
    try:
        return sum(account.balance for account in ordered)
    finally:
        for account in ordered:
            account.lock.release()
