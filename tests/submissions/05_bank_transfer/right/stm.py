"""Optimistic: read versions, compute, and commit under one lock if nothing changed."""
import threading
from contextvars import ContextVar

_commit = threading.Lock()
_tries: ContextVar[int] = ContextVar("tries", default=0)


class Cell:
    __slots__ = ("version", "value")

    def __init__(self, version, value):
        self.version, self.value = version, value


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.cell = Cell(0, balance)

    @property
    def balance(self):
        return self.cell.value


def _atomically(accounts, body):
    accounts = list(dict.fromkeys(accounts))
    for attempt in range(10**9):
        token = _tries.set(attempt)
        seen = {a: a.cell for a in accounts}
        result, writes = body({a: c.value for a, c in seen.items()})
        with _commit:
            if all(a.cell is c for a, c in seen.items()):
                for a, v in writes.items():
                    a.cell = Cell(seen[a].version + 1, v)
                return result
        _tries.reset(token)


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError

    def body(view):
        if view[src] < amount:
            return False, {}
        if src is dst:
            return True, {}
        return True, {src: view[src] - amount, dst: view[dst] + amount}
    return _atomically((src, dst), body)


def total(accounts):
    return _atomically(accounts, lambda view: (sum(view.values()), {}))
