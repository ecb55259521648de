from functools import wraps
from operator import attrgetter
from threading import RLock


def synchronized(lock):
    def decorate(function):
        @wraps(function)
        def locked(*args, **kwargs):
            with lock:
                return function(*args, **kwargs)

        return locked

    return decorate


bank = RLock()


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.__balance = balance

    @property
    @synchronized(bank)
    def balance(self):
        return self.__balance

    @synchronized(bank)
    def withdraw(self, amount):
        if amount > self.__balance:
            raise LookupError("not enough money")
        self.__balance -= amount

    @synchronized(bank)
    def deposit(self, amount):
        self.__balance += amount


@synchronized(bank)
def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be positive")
    try:
        src.withdraw(amount)
    except LookupError:
        return False
    dst.deposit(amount)
    return True


@synchronized(bank)
def total(accounts):
    return sum(map(attrgetter("balance"), accounts))
