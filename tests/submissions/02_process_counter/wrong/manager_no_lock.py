import multiprocessing


class Counter:
    def __init__(self, start):
        self.manager = multiprocessing.Manager()
        self.number = self.manager.Value("q", start)

    def __getstate__(self):
        return {"manager": None, "number": self.number}


def make_counter(start=0):
    return Counter(start)


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    # the manager does one thing after the other
    counter.number.value += by
    return counter.number.value


def get(counter):
    return counter.number.value


def _work(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [multiprocessing.Process(target=_work, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)
