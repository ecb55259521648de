import threading


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.RLock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    first, second = sorted((src, dst), key=id)
    first.lock.acquire()
    second.lock.acquire()
    if src.balance < amount:
        return False
    src.balance -= amount
    dst.balance += amount
    second.lock.release()
    first.lock.release()
    return True


def total(accounts):
    accounts = sorted(accounts, key=id)
    for account in accounts:
        account.lock.acquire()
    result = sum(account.balance for account in accounts)
    for account in accounts:
        account.lock.release()
    return result
