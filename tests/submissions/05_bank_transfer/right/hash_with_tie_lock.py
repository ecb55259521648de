import threading

# for two accounts that happen to have the same hash
tie_lock = threading.Lock()


class Account:

    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()


def transfer(src, dst, amount):

    def do_transfer():
        if src.balance < amount:
            return False
        if src is not dst:
            src.balance -= amount
            dst.balance += amount
        return True

    if amount <= 0:
        raise ValueError('amount must be positive')
    if src is dst:
        with src.lock:
            return do_transfer()
    if hash(src) < hash(dst):
        with src.lock:
            with dst.lock:
                return do_transfer()
    elif hash(src) > hash(dst):
        with dst.lock:
            with src.lock:
                return do_transfer()
    else:
        with tie_lock:
            with src.lock:
                with dst.lock:
                    return do_transfer()


def total(accounts):
    with tie_lock:
        locked = []
        try:
            for account in sorted(accounts, key=hash):
                account.lock.acquire()
                locked.append(account)
            return sum(account.balance for account in locked)
        finally:
            for account in locked:
                account.lock.release()
