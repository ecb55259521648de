import multiprocessing


_counter = multiprocessing.Value("q", 0)


def make_counter(start=0):
    _counter.value = start
    return _counter


def increment(counter, by=1):
    with _counter.get_lock():
        _counter.value += by
        return _counter.value


def get(counter):
    return _counter.value


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
