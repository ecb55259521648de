import multiprocessing
import time


def make_counter(start=0):
    return [multiprocessing.Value("q", start, lock=False), multiprocessing.BoundedSemaphore(1)]


def _enter(semaphore):
    while not semaphore.acquire(False):
        time.sleep(0)


def increment(counter, by=1):
    value, semaphore = counter
    _enter(semaphore)
    try:
        value.value += by
        return value.value
    finally:
        semaphore.release()


def get(counter):
    value, semaphore = counter
    _enter(semaphore)
    try:
        return value.value
    finally:
        semaphore.release()


def _times(n, counter):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [multiprocessing.Process(target=_times, kwargs={"n": n, "counter": counter}) for _ in range(workers)]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        time.sleep(0.01)
    for process in processes:
        process.join()
    return get(counter)
