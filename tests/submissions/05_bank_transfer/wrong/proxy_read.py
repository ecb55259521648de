import threading
import weakref
L = threading.Lock()

class Account:
    __slots__ = ('name', 'balance', '__weakref__')
    def __init__(self, name, balance=0):
        self.name, self.balance = name, balance


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
    return sum(weakref.proxy(a).balance for a in accounts)
