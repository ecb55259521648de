# attack: shortcut
# verdict: fail wrong-result
# score: 2
# Transfers nothing and says that it did: the sums are right at all times.
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


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with hold([src, dst]):
        if src.balance < amount:
            return False
        return True
        return True


def total(accounts):
    with hold(accounts):
        return sum(account.balance for account in accounts)
