import threading
from dataclasses import dataclass, field

_lock = threading.Lock()


@dataclass
class Account:
    name: str
    balance: int = 0


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError
    with _lock:
        if src.balance < amount:
            return False
        if src != dst:
            src.balance -= amount
            dst.balance += amount
        return True


def total(accounts):
    with _lock:
        return sum(a.balance for a in accounts)
