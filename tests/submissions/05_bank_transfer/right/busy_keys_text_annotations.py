from __future__ import annotations
import itertools, threading
from dataclasses import dataclass, field

_ids = itertools.count()
_cv = threading.Condition()
_busy: set[int] = set()

@dataclass(eq=False)
class Account:
    name: str
    balance: int = 0
    key: int = field(default_factory=lambda: next(_ids), init=False, repr=False)

class _Hold:
    def __init__(self, *accounts): self.keys = {a.key for a in accounts}
    def __enter__(self):
        with _cv:
            _cv.wait_for(lambda: not (self.keys & _busy))
            _busy.update(self.keys)
    def __exit__(self, *exc):
        with _cv:
            _busy.difference_update(self.keys)
            _cv.notify_all()

def transfer(src: Account, dst: Account, amount: int) -> bool:
    match amount:
        case int() if amount > 0: pass
        case _: raise ValueError(amount)
    with _Hold(src, dst):
        if (left := src.balance - amount) < 0:
            return False
        if src is not dst:
            src.balance, dst.balance = left, dst.balance + amount
        return True

def total(accounts):
    with _Hold(*accounts):
        return sum(map(lambda a: a.balance, accounts))
