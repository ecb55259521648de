import threading

ONE_AT_A_TIME = threading.Semaphore(1)


class Account:
    """An account with a name and a balance."""

    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    """Move money; False when there is not enough of it."""
    if amount <= 0:
        raise ValueError("amount must be positive")
    with ONE_AT_A_TIME:
        enough = src.balance >= amount
        if enough:
            src.balance -= amount
            dst.balance += amount
        return enough


def total(accounts):
    """All the money of these accounts, counted while nobody moves any."""
    with ONE_AT_A_TIME:
        return sum(account.balance for account in accounts)
