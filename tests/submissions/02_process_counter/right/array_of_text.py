import functools
import multiprocessing


def make_counter(start=0):
    counter = multiprocessing.Array("c", 40)
    counter.value = str(int(start)).encode()
    return counter


def synchronized(function):
    @functools.wraps(function)
    def inner(counter, *args, **kwargs):
        with counter.get_lock():
            return function(counter, *args, **kwargs)

    return inner


@synchronized
def get(counter):
    return int(counter.value)


@synchronized
def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    new = get(counter) + by
    counter.value = b"%d" % new
    return new


def job(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [multiprocessing.Process(target=job, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)
