import threading


def _make_bank():
    balances = {}
    numbers = iter(range(10**9))
    monitor = threading.Condition()

    class Account:
        def __init__(self, name, balance=0):
            self.name = name
            with monitor:
                self._number = next(numbers)
                balances[self._number] = balance

        @property
        def balance(self):
            return balances[self._number]

    def transfer(src, dst, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with monitor:
            if balances[src._number] < amount:
                return False
            balances[src._number] -= amount
            balances[dst._number] += amount
            return True

    def total(accounts):
        with monitor:
            return sum(balances[a._number] for a in accounts)

    return Account, transfer, total


Account, transfer, total = _make_bank()
