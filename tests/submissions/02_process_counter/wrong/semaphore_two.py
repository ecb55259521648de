import multiprocessing


def make_counter(start=0):
    return multiprocessing.RawValue("q", start), multiprocessing.Semaphore(2)


def increment(counter, by=1):
    number, semaphore = counter
    with semaphore:
        number.value += by
        return number.value


def get(counter):
    number, semaphore = counter
    with semaphore:
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
