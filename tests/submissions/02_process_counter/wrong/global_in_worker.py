import multiprocessing


_counter = None


def make_counter(start=0):
    return multiprocessing.Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    with counter.get_lock():
        return counter.value


def _work(n):
    for _ in range(n):
        increment(_counter)


def count_in_processes(workers, n):
    global _counter
    _counter = make_counter()
    processes = [multiprocessing.Process(target=_work, args=(n,)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(_counter)
