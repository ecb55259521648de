# attack: ending
# verdict: fail deadlock
# score: 9
# Swallows whatever ends a deadlock, and goes on as if it had the lock.
import contextlib
import itertools
import threading

numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.number = next(numbers)
        self.lock = threading.Lock()


@contextlib.contextmanager
def hold(accounts):
    with contextlib.ExitStack() as stack:
        for account in sorted(set(accounts), key=lambda account: account.number):
            stack.enter_context(account.lock)
        yield


def take(lock):
    for _ in range(100):
        try:
            lock.acquire()
            return
        except BaseException:
            continue


def give(lock):
    try:
        lock.release()
    except BaseException:
        pass


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    take(src.lock)
    if dst is not src:
        take(dst.lock)
    try:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True
    finally:
        give(src.lock)
        give(dst.lock) if dst is not src else None


def total(accounts):
    with hold(accounts):
        return sum(account.balance for account in accounts)
