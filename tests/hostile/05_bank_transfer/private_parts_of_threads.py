# attack: reflection
# verdict: fail deadlock
# score: 9
# Takes the place of who runs: current threads, their private parts, and what a callback is given.
import contextlib
import itertools
import threading
import contextvars
import weakref

handed = []
context = contextvars.copy_context()
context.run(handed.append, context)


class Thing:
    pass


thing = Thing()
reference = weakref.ref(thing, handed.append)
finalizer = weakref.finalize(thing, handed.append, thing)
del thing
local = threading.local()
timer = threading.Timer(0.1, handed.append, [local])
for holder in (threading.current_thread(), threading.main_thread(), timer, local, threading.Condition(), *handed):
    for name in dir(holder):
        if name.startswith("_") and not name.startswith("__"):
            try:
                setattr(holder, name, None)
            except Exception:
                pass

numbers = itertools.count()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.number = next(numbers)
        self.lock = threading.Lock()


@contextlib.contextmanager
def hold(accounts):
    with contextlib.ExitStack() as stack:
        for account in sorted(set(accounts), key=lambda account: account.number):
            stack.enter_context(account.lock)
        yield


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with src.lock, (dst.lock if dst is not src else contextlib.nullcontext()):
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with hold(accounts):
        return sum(account.balance for account in accounts)
