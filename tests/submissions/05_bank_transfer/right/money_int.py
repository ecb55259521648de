import threading
from typing import Self

_bank = threading.RLock()


class Won(int):
    __slots__ = ()

    def __add__(self, other) -> Self:
        return type(self)(int(self) + other)

    __radd__ = __add__

    def __sub__(self, other) -> Self:
        return type(self)(int(self) - other)

    def __repr__(self) -> str:
        return f"₩{int(self):,}"


class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance = name, Won(balance)


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError(amount)
    with _bank:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with _bank:
        return sum((a.balance for a in accounts), start=Won(0))
