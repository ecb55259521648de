import threading
from dataclasses import dataclass, field


@dataclass(order=True)
class Account:
    name: str
    balance: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock, compare=False, repr=False)


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError
    first, second = sorted((src, dst))
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    accounts = sorted(accounts)
    for a in accounts: a.lock.acquire()
    try:
        return sum(a.balance for a in accounts)
    finally:
        for a in accounts: a.lock.release()
