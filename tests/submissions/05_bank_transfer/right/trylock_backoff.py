import random
import threading
import time


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()


def lock_all(locks):
    """Take all the locks or none; try until it works."""
    while True:
        taken = []
        for lock in locks:
            if not lock.acquire(blocking=False):
                break
            taken.append(lock)
        else:
            return
        for lock in taken:
            lock.release()
        time.sleep(random.random() / 10000)


def unlock_all(locks):
    for lock in locks:
        lock.release()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount <= 0")
    locks = [src.lock] if src is dst else [src.lock, dst.lock]
    lock_all(locks)
    try:
        if src.balance < amount:
            return False
        src.balance -= amount
        dst.balance += amount
        return True
    finally:
        unlock_all(locks)


def total(accounts):
    locks = [account.lock for account in accounts]
    lock_all(locks)
    try:
        result = 0
        for account in accounts:
            result += account.balance
        return result
    finally:
        unlock_all(locks)
