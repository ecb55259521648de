# attack: markup
# verdict: fail deadlock
# score: 9
# The names of its locks, functions and accounts are commands and markup for whoever shows them.
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
        threading.current_thread().name = "\n::error::owned \x1b[31m <b> ``` @everyone \u202e"


@contextlib.contextmanager
def hold(accounts):
    with contextlib.ExitStack() as stack:
        for account in sorted(set(accounts), key=lambda account: account.number):
            stack.enter_context(account.lock)
        yield


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with src.lock, (dst.lock if dst is not src else contextlib.nullcontext()):
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with hold(accounts):
        return sum(account.balance for account in accounts)


Account.__name__ = Account.__qualname__ = "<script>::error::\u2066"
transfer.__name__ = transfer.__qualname__ = "\n::error::owned\x1b[2J|`"
