import threading

L = threading.Lock()

def _run(b):
    while True:
        b += (yield b) or 0


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.g = _run(balance)
        next(self.g)

    balance = property(lambda self: self.g.send(0))


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError(amount)
    with L:
        if src.balance < amount:
            return False
        if src is not dst:
            src.g.send(-amount)
            dst.g.send(amount)
        return True


def total(accounts):
    return sum(a.balance for a in accounts)
