# attack: pickle
# verdict: pass
# Its counter runs code of its own where it is pickled and where it is loaded: right, if odd.
from multiprocessing import Process, Value


def _load(inner):
    print("loaded in another process")
    return Counter(inner)


class Counter:
    def __init__(self, inner):
        self.inner = inner

    def __reduce__(self):
        return (_load, (self.inner,))


def make_counter(start=0):
    return Counter(Value("q", start))


def increment(counter, by=1):
    with counter.inner.get_lock():
        counter.inner.value += by
        return counter.inner.value


def get(counter):
    return counter.inner.value


def _count(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [Process(target=_count, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)
