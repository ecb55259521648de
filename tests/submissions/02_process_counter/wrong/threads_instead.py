import multiprocessing
import threading


def make_counter(start=0):
    return multiprocessing.Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    with counter.get_lock():
        return counter.value


def _work(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    threads = [threading.Thread(target=_work, args=(counter, n)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return get(counter)
