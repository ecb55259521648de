import multiprocessing


def make_counter(start=0):
    return multiprocessing.Value("q", start)


def increment(counter, by=1, lock=None):
    if lock is None:
        lock = counter.get_lock()
    with lock:
        counter.get_obj().value += by
        return counter.get_obj().value


def get(counter):
    with counter.get_lock():
        return counter.value


def _work(counter, lock, n):
    for _ in range(n):
        increment(counter, 1, lock)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = []
    for _ in range(workers):
        lock = multiprocessing.Lock()
        process = multiprocessing.Process(target=_work, args=(counter, lock, n))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return get(counter)
