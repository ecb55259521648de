import multiprocessing


def make_counter(start=0):
    # the queue always holds exactly one thing: the number
    box = multiprocessing.SimpleQueue()
    box.put(start)
    return box


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int, not %r" % (by,))
    number = counter.get()
    try:
        number = number + by
    finally:
        counter.put(number)
    return number


def get(counter):
    number = counter.get()
    counter.put(number)
    return number


def _increment_n_times(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [
        multiprocessing.Process(target=_increment_n_times, args=(counter, n))
        for _ in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)
