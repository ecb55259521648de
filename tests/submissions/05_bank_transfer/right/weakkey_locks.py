import bisect
import threading
import weakref

_locks = weakref.WeakKeyDictionary()
_registry = threading.Lock()


class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance = name, balance
        with _registry:
            _locks[self] = (len(_locks), id(self), threading.Lock())


def _sorted(accounts):
    out = []
    with _registry:
        for entry in (_locks[a] for a in accounts):
            at = bisect.bisect_left(out, entry[:2], key=lambda e: e[:2])
            if out[at:at + 1] != [entry]:
                out.insert(at, entry)
    return [e[-1] for e in out]


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError
    locks = _sorted([src, dst])
    for lock in locks: lock.acquire()
    try:
        if src.balance < amount: return False
        src.balance -= amount
        dst.balance += amount
        return True
    finally:
        for lock in locks: lock.release()


def total(accounts):
    locks = _sorted(accounts)
    for lock in locks: lock.acquire()
    s = 0
    for a in accounts: s += a.balance
    for lock in locks: lock.release()
    return s
