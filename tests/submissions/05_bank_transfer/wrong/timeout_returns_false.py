import threading


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.RLock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with src.lock:
        # no deadlock: give up after a while
        if not dst.lock.acquire(timeout=0.05):
            return False
        try:
            if src.balance < amount:
                return False
            src.balance -= amount
            dst.balance += amount
            return True
        finally:
            dst.lock.release()


def total(accounts):
    while True:
        held = []
        try:
            for account in accounts:
                if not account.lock.acquire(timeout=0.01):
                    break
                held.append(account)
            else:
                return sum(account.balance for account in accounts)
        finally:
            for account in held:
                account.lock.release()
