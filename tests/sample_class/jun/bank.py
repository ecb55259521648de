import threading

bank = threading.Condition()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    with bank:
        # 돈이 들어올 때까지 기다린다
        while src.balance < amount:
            bank.wait()
        src.balance -= amount
        dst.balance += amount
        return True


def total(accounts):
    with bank:
        return sum(account.balance for account in accounts)
