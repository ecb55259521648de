import itertools
import threading
from types import MappingProxyType

# number of the account -> balance. Never changed, only replaced by a new one.
_ledger = MappingProxyType({})
_writing = threading.Lock()
_numbers = itertools.count(1)


def _write(entries):
    """Call with _writing held."""
    global _ledger
    _ledger = MappingProxyType({**_ledger, **entries})


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.number = next(_numbers)
        with _writing:
            _write({self.number: balance})

    @property
    def balance(self):
        return _ledger[self.number]


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with _writing:
        available = _ledger[src.number]
        if available < amount:
            return False
        if src is not dst:
            _write({src.number: available - amount, dst.number: _ledger[dst.number] + amount})
        return True


def total(accounts):
    page = _ledger  # this page stays as it is, whatever the others do
    return sum(page[account.number] for account in accounts)
