# attack: lying-value
# verdict: pass
# Right; its numbers are a subclass of int with strange words for themselves, which is its own affair.
import contextlib
import itertools
import threading


class Money(int):
    def __add__(self, other):
        return Money(int.__add__(self, other))

    __radd__ = __add__

    def __sub__(self, other):
        return Money(int.__sub__(self, other))

    def __repr__(self):
        return "::notice::rich"

    __str__ = __repr__

    def __format__(self, spec):
        return "\x1b[1m"

numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = Money(balance)
        self.number = next(numbers)
        self.lock = threading.Lock()


@contextlib.contextmanager
def hold(accounts):
    with contextlib.ExitStack() as stack:
        for account in sorted(set(accounts), key=lambda account: account.number):
            stack.enter_context(account.lock)
        yield


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with hold([src, dst]):
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with hold(accounts):
        return sum(account.balance for account in accounts)
