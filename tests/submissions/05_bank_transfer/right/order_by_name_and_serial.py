import threading


class Account:
    _next_serial = 0
    _serial_lock = threading.Lock()

    def __init__(self, name, balance=0):
        with Account._serial_lock:
            self._serial = Account._next_serial
            Account._next_serial += 1
        self._name = name
        self._balance = balance
        self._lock = threading.Lock()

    @property
    def name(self):
        return self._name

    @property
    def balance(self):
        return self._balance

    @property
    def key(self):
        # names alone are not unique
        return (self._name, self._serial)


def transfer(src, dst, amount):
    if amount <= 0:
        raise ValueError(f"cannot move {amount}")
    if src is dst:
        with src._lock:
            return src._balance >= amount
    if src.key < dst.key:
        a, b = src, dst
    else:
        a, b = dst, src
    with a._lock:
        with b._lock:
            enough = src._balance >= amount
            if enough:
                src._balance -= amount
                dst._balance += amount
    return enough


def total(accounts):
    def add_up(rest):
        # take the locks one inside the other, add on the way back
        if not rest:
            return 0
        with rest[0]._lock:
            others = add_up(rest[1:])
            return others + rest[0]._balance

    return add_up(sorted(accounts, key=lambda account: account.key))
