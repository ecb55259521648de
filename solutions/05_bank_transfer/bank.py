"""Accounts, and transfers between them."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_numbers = itertools.count()
_numbers_lock = threading.Lock()


class Account:
    """An account with the name of its owner; two different accounts may have the same name.

    ``balance`` can be read at any time. Such a read may see a transfer half done.
    """

    def __init__(self, name: str, balance: int = 0) -> None:
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()
        with _numbers_lock:
            self.number = next(_numbers)


def transfer(src: Account, dst: Account, amount: int) -> bool:
    """Move ``amount`` from ``src`` to ``dst`` and return True.

    If ``src`` has less than ``amount``, move nothing and return False, which is the only reason
    for False. ``src`` and ``dst`` may be the same account: then nothing changes, and the answer
    is whether the balance is at least ``amount``. An ``amount`` that is not positive raises
    ``ValueError`` and moves nothing.

    Any number of threads may transfer at any time, in any direction, between any accounts. No
    balance is ever negative, no money is made or lost, and no calls wait for each other for ever.
    """
    if amount <= 0:
        raise ValueError(f"amount must be positive, not {amount}")
    with _locked(src, dst):
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts: list[Account]) -> int:
    """Return the sum of the balances of different accounts, as it is at one single moment.

    While transfers are going on among exactly these accounts, it is always the same number.
    """
    with _locked(*accounts):
        return sum(account.balance for account in accounts)


@contextmanager
def _locked(*accounts: Account) -> Iterator[None]:
    """Hold the lock of each of the accounts, taken in the order in which they were made."""
    with ExitStack() as locks:
        for account in sorted(set(accounts), key=lambda account: account.number):
            locks.enter_context(account.lock)
        yield
