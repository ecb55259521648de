import multiprocessing


class Counter:
    def __init__(self, start):
        self.number = multiprocessing.RawValue("q", start)
        self.up = multiprocessing.Lock()
        self.down = multiprocessing.Lock()


def make_counter(start=0):
    return Counter(start)


def increment(counter, by=1):
    with counter.up if by > 0 else counter.down:
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
