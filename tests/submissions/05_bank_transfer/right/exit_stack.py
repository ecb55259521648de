from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from threading import Lock

_ids = count()


@dataclass(eq=False)
class Account:
    name: str
    balance: int = 0
    _id: int = field(default_factory=lambda: next(_ids), init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)


def _lock_in_order(accounts):
    with ExitStack() as stack:
        for account in sorted(set(accounts), key=lambda account: account._id):
            stack.enter_context(account._lock)
        return stack.pop_all()


def transfer(src: Account, dst: Account, amount: int) -> bool:
    if amount <= 0:
        raise ValueError("the amount must be positive")
    with _lock_in_order([src, dst]):
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts: list[Account]) -> int:
    with _lock_in_order(accounts):
        return sum(account.balance for account in accounts)
