import threading
class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance, self.lock = name, balance, threading.RLock()
def transfer(src, dst, amount):
    if amount <= 0: raise ValueError
    a, b = sorted((src, dst), key=id)
    enough = src.balance >= amount
    with a.lock, b.lock:
        if not enough: return False
        src.balance -= amount
        dst.balance += amount
        return True
def total(accounts):
    held = []
    for a in sorted(accounts, key=id):
        a.lock.acquire(); held.append(a)
    try: return sum(a.balance for a in accounts)
    finally:
        for a in held: a.lock.release()
