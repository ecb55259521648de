import threading
from dataclasses import dataclass
L = threading.Lock()

@dataclass(frozen=True, eq=False)
class Account:
    name: str
    balance: int = 0


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError(amount)
    with L:
        if src.balance < amount:
            return False
        if src is not dst:
            object.__setattr__(src, 'balance', src.balance - amount)
            object.__setattr__(dst, 'balance', dst.balance + amount)
        return True


def total(accounts):
    return sum(a.balance for a in accounts)
