import threading
BOOK = {}
L = threading.Lock()

class Account:
    def __init__(self, name, balance=0):
        self.name = name
        BOOK[self] = balance
    balance = property(lambda self: BOOK[self])


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError(amount)
    with L:
        if dict.__getitem__(BOOK, src) < amount:
            return False
        if src is not dst:
            dict.__setitem__(BOOK, src, dict.__getitem__(BOOK, src) - amount)
            dict.__setitem__(BOOK, dst, dict.__getitem__(BOOK, dst) + amount)
        return True


def total(accounts):
    return sum(dict.get(BOOK, a) for a in accounts)
