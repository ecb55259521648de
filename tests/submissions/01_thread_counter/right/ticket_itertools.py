import itertools
import threading


class _TicketLock:
    """As at the baker's: take a ticket, wait until your number is shown."""

    def __init__(self):
        self._cond = threading.Condition()
        self._tickets = itertools.count(1)
        self._shown = 1

    def __enter__(self):
        with self._cond:
            mine = next(self._tickets)
            self._cond.wait_for(lambda: self._shown == mine)

    def __exit__(self, *exc_info):
        with self._cond:
            self._shown += 1
            self._cond.notify_all()


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._turn = _TicketLock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        with self._turn:
            self._value += by
            return self._value

    @property
    def value(self):
        with self._turn:
            return self._value

    def reset(self):
        with self._turn:
            self._value, old = 0, self._value
            return old
