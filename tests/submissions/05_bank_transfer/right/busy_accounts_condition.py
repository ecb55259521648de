import contextlib
import threading

_changed = threading.Condition()
_busy = set()


class Account:
    __slots__ = ("name", "balance")

    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


@contextlib.contextmanager
def reserve(*accounts):
    """Wait until none of the accounts is in use, then have all of them at once."""
    wanted = set(accounts)
    with _changed:
        while not wanted.isdisjoint(_busy):
            _changed.wait()
        _busy.update(wanted)
    try:
        yield
    finally:
        with _changed:
            _busy.difference_update(wanted)
            _changed.notify_all()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount has to be positive")
    with reserve(src, dst):
        if amount > src.balance:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with reserve(*accounts):
        return sum(a.balance for a in accounts)
