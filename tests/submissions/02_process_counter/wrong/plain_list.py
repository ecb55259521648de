import multiprocessing


def make_counter(start=0):
    return [start, multiprocessing.Lock()]


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    with counter[1]:
        counter[0] += by
        return counter[0]


def get(counter):
    return counter[0]


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
