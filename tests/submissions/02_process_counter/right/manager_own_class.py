import multiprocessing
import threading
from multiprocessing.managers import BaseManager


class Number:
    """Lives in the server process; every client is served by a thread there."""

    def __init__(self, start):
        self._number = start
        self._lock = threading.Lock()

    def add(self, by):
        with self._lock:
            self._number += by
            return self._number

    def read(self):
        return self._number


class NumberManager(BaseManager):
    pass


NumberManager.register("Number", Number, exposed=["add", "read"])


def make_counter(start=0):
    manager = NumberManager()
    manager.start()
    return manager.Number(start)  # the proxy keeps its manager alive


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    return counter.add(by)


def get(counter):
    return counter.read()


def _loop(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [multiprocessing.Process(target=_loop, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)
