import multiprocessing


def make_counter(start=0):
    return multiprocessing.RawValue("q", start), multiprocessing.Lock()


def increment(counter, by=1):
    number, lock = counter
    step = 1 if by > 0 else -1
    with lock:
        for _ in range(abs(by)):
            number.value += step
        return number.value


def get(counter):
    number, _ = counter
    return number.value


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
