import multiprocessing
from contextlib import contextmanager


def make_counter(start=0):
    return multiprocessing.Array("q", [start])


@contextmanager
def opened(counter):
    lock = counter.get_lock()
    lock.acquire()
    try:
        yield counter.get_obj()
    finally:
        lock.release()


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    with opened(counter) as cells:
        cells[0] += by
        return cells[0]


def get(counter):
    with opened(counter) as cells:
        return cells[0]


def _repeat(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    started = []
    try:
        for number in range(workers):
            process = multiprocessing.Process(target=_repeat, name=f"counter-{number}", args=(counter, n))
            process.start()
            started.append(process)
    finally:
        for process in started:
            process.join()
    return get(counter)
