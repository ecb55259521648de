import multiprocessing
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class _Counter:
    number: Any
    done: Any
    cond: Any


def make_counter(start=0):
    return _Counter(
        number=multiprocessing.RawValue("q", start),
        done=multiprocessing.RawValue("i", 0),
        cond=multiprocessing.Condition(),
    )


def increment(counter, by=1):
    with counter.cond:
        counter.number.value += by
        return counter.number.value


def get(counter):
    with counter.cond:
        return counter.number.value


def _worker(counter, n):
    for _ in range(n):
        increment(counter)
    with counter.cond:
        counter.done.value += 1
        counter.cond.notify()


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [multiprocessing.Process(target=_worker, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    with counter.cond:
        while counter.done.value < workers:
            counter.cond.wait()
    for process in processes:
        process.join()
    return get(counter)
