import queue
import threading


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


class _Clerk(threading.Thread):
    """The only one who may write into the books. Customers stand in a queue."""

    def __init__(self):
        super().__init__(daemon=True)
        self.counter = queue.Queue()

    def run(self):
        while True:
            function, args, reply = self.counter.get()
            try:
                reply.put((function(*args), None))
            except Exception as problem:
                reply.put((None, problem))

    def please(self, function, *args):
        reply = queue.Queue(1)
        self.counter.put((function, args, reply))
        result, problem = reply.get()
        if problem is not None:
            raise problem
        return result


_clerk = _Clerk()
_clerk.start()


def _move(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src.balance < amount:
        return False
    src.balance -= amount
    dst.balance += amount
    return True


def _sum(accounts):
    return sum(account.balance for account in accounts)


def transfer(src, dst, amount):
    return _clerk.please(_move, src, dst, amount)


def total(accounts):
    return _clerk.please(_sum, list(accounts))
