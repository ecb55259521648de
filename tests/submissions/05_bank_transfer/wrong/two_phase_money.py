import threading


class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance, self.lock = name, balance, threading.Lock()

    def withdraw(self, amount):
        with self.lock:
            if (new := self.balance - amount) < 0: return False
            self.balance = new
            return True

    def deposit(self, amount):
        with self.lock: self.balance += amount


def transfer(src, dst, amount):
    if not amount > 0: raise ValueError(f"{amount!r}")
    return src.withdraw(amount) and (dst.deposit(amount), True)[1]


def total(accounts):
    locks = [a.lock for a in sorted(accounts, key=id)]
    for l in locks: l.acquire()
    s = sum(a.balance for a in accounts)
    for l in locks: l.release()
    return s
