import threading
from collections import defaultdict
from contextlib import ExitStack
from itertools import combinations

_pair_locks = defaultdict(threading.RLock)
_table_lock = threading.Lock()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def _lock_of(a, b):
    pair = (min(id(a), id(b)), max(id(a), id(b)))
    with _table_lock:
        return pair, _pair_locks[pair]


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    # every pair of accounts has its own lock, so there is only one to take
    _, lock = _lock_of(src, dst)
    with lock:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    pairs = sorted((_lock_of(a, b) for a, b in combinations(accounts, 2)), key=lambda entry: entry[0])
    with ExitStack() as stack:
        for _, lock in pairs:
            stack.enter_context(lock)
        return sum(account.balance for account in accounts)
