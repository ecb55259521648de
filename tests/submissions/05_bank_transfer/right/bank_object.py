import threading


class _Bank:
    def __init__(self):
        self._semaphore = threading.BoundedSemaphore(1)

    def transfer(self, src, dst, amount):
        if amount <= 0:
            raise ValueError("An amount must be positive.")
        self._semaphore.acquire()
        try:
            if src.balance < amount:
                return False
            src._book(-amount)
            dst._book(+amount)
        finally:
            self._semaphore.release()
        return True

    def total(self, accounts):
        self._semaphore.acquire()
        try:
            return sum(a.balance for a in accounts)
        finally:
            self._semaphore.release()


class Account:
    def __init__(self, name, balance=0):
        self._name = name
        self._bookings = [balance]
        self._sum = balance

    name = property(lambda self: self._name)
    balance = property(lambda self: self._sum)

    def _book(self, amount):
        self._bookings.append(amount)
        self._sum += amount
        if len(self._bookings) > 100:
            self._bookings = [self._sum]


_bank = _Bank()
transfer = _bank.transfer
total = _bank.total
