import threading

L = threading.Lock()

class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance = name, balance

def bal(a):
    match a:
        case Account(balance=b): return b


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError(amount)
    with L:
        if src.balance < amount:
            return False
        if src is not dst:
            src.balance = src.balance - amount
            dst.balance = dst.balance + amount
        return True


def total(accounts):
    return sum(bal(a) for a in accounts)
