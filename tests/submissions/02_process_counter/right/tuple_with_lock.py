from multiprocessing import Lock, Process, Value


def make_counter(start=0):
    # the number and the lock that belongs to it travel together
    return Value("q", start), Lock()


def increment(counter, by=1):
    number, lock = counter
    lock.acquire()
    try:
        number.value = number.value + by
        result = number.value
    finally:
        lock.release()
    return result


def get(counter):
    number, lock = counter
    return number.value


def worker(counter, n):
    for i in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    ps = []
    for i in range(workers):
        p = Process(target=worker, args=(counter, n))
        p.start()
        ps.append(p)
    for p in ps:
        p.join()
    return get(counter)
