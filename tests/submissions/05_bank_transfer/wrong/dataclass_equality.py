import threading
from contextlib import ExitStack
from dataclasses import dataclass, field


@dataclass
class Account:
    name: str
    balance: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src == dst:
        with src.lock:
            return src.balance >= amount
    first, second = sorted((src, dst), key=id)
    with first.lock, second.lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with ExitStack() as stack:
        for account in sorted(accounts, key=id):
            stack.enter_context(account.lock)
        return sum(account.balance for account in accounts)
