class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    if src.balance >= amount:
        src.balance -= amount
        dst.balance += amount
        return True
    return False


def total(accounts):
    return sum(account.balance for account in accounts)
