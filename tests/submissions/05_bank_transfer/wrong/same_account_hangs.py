import threading


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    first, second = (src, dst) if id(src) < id(dst) else (dst, src)
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    ordered = sorted(accounts, key=id)
    for account in ordered:
        account.lock.acquire()
    result = sum(account.balance for account in ordered)
    for account in ordered:
        account.lock.release()
    return result
