"""Accounts, and transfers between them."""

import threading


class Account:
    """An account with the name of its owner; two different accounts may have the same name.

    ``balance`` can be read at any time. Such a read may see a transfer half done.
    """

    def __init__(self, name: str, balance: int = 0) -> None:
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()


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
    with src.lock:
        with dst.lock:
            if src.balance < amount:
                return False
            src.balance -= amount
            dst.balance += amount
            return True


def total(accounts: list[Account]) -> int:
    """Return the sum of the balances of different accounts, as it is at one single moment.

    While transfers are going on among exactly these accounts, it is always the same number.
    """
    return sum(account.balance for account in accounts)
