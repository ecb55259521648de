import multiprocessing


def make_counter(start=0):
    # "d" holds much bigger numbers than "i"
    return multiprocessing.Value("d", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return int(counter.value)


def get(counter):
    with counter.get_lock():
        return int(counter.value)


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
