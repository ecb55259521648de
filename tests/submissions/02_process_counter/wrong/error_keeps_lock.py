import multiprocessing


def make_counter(start=0):
    return multiprocessing.Value("q", start), multiprocessing.Lock()


def increment(counter, by=1):
    number, lock = counter
    lock.acquire()
    number.value += by
    new = number.value
    lock.release()
    return new


def get(counter):
    number, lock = counter
    with lock:
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
