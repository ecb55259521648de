import functools
import itertools
import threading


@functools.total_ordering
class OrderedLock:
    """A lock with a number. Locks are always taken from small to big."""

    _counter = itertools.count()

    def __init__(self):
        self._number = next(OrderedLock._counter)
        self._lock = threading.Lock()

    def __eq__(self, other):
        return self is other

    def __lt__(self, other):
        return self._number < other._number

    def __hash__(self):
        return self._number

    def __enter__(self):
        self._lock.acquire()

    def __exit__(self, *exc):
        self._lock.release()


class Together:
    """Several locks as one."""

    def __init__(self, locks):
        self.locks = sorted(set(locks))

    def __enter__(self):
        for lock in self.locks:
            lock.__enter__()

    def __exit__(self, *exc):
        for lock in reversed(self.locks):
            lock.__exit__(*exc)


class Account(OrderedLock):
    def __init__(self, name, balance=0):
        super().__init__()
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with Together([src, dst]):
        if (ok := src.balance >= amount):
            src.balance -= amount
            dst.balance += amount
    return ok


def total(accounts):
    with Together(accounts):
        return sum(a.balance for a in accounts)
