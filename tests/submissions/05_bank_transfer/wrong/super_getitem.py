import threading

L = threading.Lock()

class Book(dict):
    def __getitem__(self, k): return super().__getitem__(k)
    def __setitem__(self, k, v): super().__setitem__(k, v)
BOOK = Book()
class Account:
    def __init__(self, name, balance=0):
        self.name = name
        BOOK[self] = balance
    balance = property(lambda self: BOOK[self])


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError(amount)
    with L:
        if BOOK[src] < amount:
            return False
        if src is not dst:
            BOOK[src] = BOOK[src] - amount
            BOOK[dst] = BOOK[dst] + amount
        return True


def total(accounts):
    return sum(BOOK[a] for a in accounts)
