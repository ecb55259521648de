import threading
from dataclasses import dataclass, field
from multiprocessing import Lock, Process, RawValue


class Counter:
    def __init__(self, start):
        self.raw = RawValue("q", start)
        self.lock = Lock()

    def __reduce__(self):
        return _again, (self.raw,)


def _again(raw):
    c = object.__new__(Counter)
    c.raw, c.lock = raw, Lock()
    return c


def make_counter(start=0): return Counter(start)


def increment(counter, by=1):
    with counter.lock:
        counter.raw.value += by
        return counter.raw.value


def get(counter): return counter.raw.value


def _go(counter, n):
    for _ in range(n): increment(counter)


def count_in_processes(workers, n):
    c = make_counter()
    ps = [Process(target=_go, args=(c, n)) for _ in range(workers)]
    for p in ps: p.start()
    for p in ps: p.join()
    return get(c)
