import threading

_count_lock = threading.Lock()
_count = 0


class Account:
    def __init__(self, name, balance=0):
        global _count
        with _count_lock:
            _count += 1
            self.nr = _count
        self.name = name
        self.balance = balance
        self.sem = threading.Semaphore(1)

    def __lt__(self, other):
        return self.nr < other.nr


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src is dst:
        src.sem.acquire()
        enough = src.balance >= amount
        src.sem.release()
        return enough
    low, high = min(src, dst), max(src, dst)
    low.sem.acquire()
    high.sem.acquire()
    try:
        if src.balance < amount:
            return False
        src.balance, dst.balance = src.balance - amount, dst.balance + amount
        return True
    finally:
        high.sem.release()
        low.sem.release()


def total(accounts):
    accounts = sorted(accounts)
    for account in accounts:
        account.sem.acquire()
    result = sum(account.balance for account in accounts)
    for account in accounts:
        account.sem.release()
    return result
