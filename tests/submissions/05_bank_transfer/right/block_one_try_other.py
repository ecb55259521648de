import threading
import time


class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance = name, balance
        self.mutex = threading.RLock()


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError("amount must be > 0")
    while True:
        with src.mutex:
            if dst.mutex.acquire(blocking=False):
                try:
                    if src.balance < amount:
                        return False
                    src.balance = src.balance - amount
                    dst.balance = dst.balance + amount
                    return True
                finally:
                    dst.mutex.release()
        # dst was taken: we hold nothing now, so whoever has it can go on
        time.sleep(0)


def total(accounts):
    while True:
        held = []
        try:
            if all(a.mutex.acquire(False) and not held.append(a) for a in accounts):
                return sum([a.balance for a in accounts])
        finally:
            for a in held:
                a.mutex.release()
        time.sleep(0)
