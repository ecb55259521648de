import multiprocessing


_lock = None


def make_counter(start=0):
    return multiprocessing.Value("q", start, lock=False)


def _get_lock():
    global _lock
    if _lock is None:
        _lock = multiprocessing.Lock()
    return _lock


def increment(counter, by=1):
    with _get_lock():
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


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
