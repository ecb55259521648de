import multiprocessing
from collections import namedtuple
from multiprocessing.sharedctypes import RawValue

Counter = namedtuple("Counter", ["cell", "lock"])


def make_counter(start=0):
    return Counter(cell=RawValue("q", start), lock=multiprocessing.RLock())


def get(counter):
    with counter.lock:
        return counter.cell.value


def increment(counter, by=1):
    with counter.lock:
        new = get(counter) + by
        counter.cell.value = new
        return new


def _increment_often(counter, times):
    while times > 0:
        increment(counter)
        times -= 1


def count_in_processes(workers, n):
    counter = make_counter()
    running = set()
    for _ in range(workers):
        process = multiprocessing.Process(target=_increment_often, args=(counter, n))
        process.start()
        running.add(process)
    while running:
        process = running.pop()
        process.join()
        process.close()
    return get(counter)
