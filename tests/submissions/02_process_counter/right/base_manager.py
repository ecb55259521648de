from multiprocessing import Process
from multiprocessing.managers import BaseManager
import threading


class Plain:
    def __init__(self, n): self.n, self.lock = n, threading.Lock()
    def add(self, by):
        with self.lock:
            self.n += by
            return self.n


class Bank(BaseManager): pass


Bank.register("Plain", Plain)
_keep = []


def make_counter(start=0):
    m = Bank()
    m.start()
    _keep.append(m)
    return m.Plain(start)


def increment(counter, by=1): return counter.add(by)


def get(counter): return counter.add(0)


def _go(counter, n):
    for _ in range(n): increment(counter)


def count_in_processes(workers, n):
    c = make_counter()
    ps = [Process(target=_go, args=(c, n)) for _ in range(workers)]
    for p in ps: p.start()
    for p in ps: p.join()
    return get(c)

