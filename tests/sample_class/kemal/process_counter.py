from multiprocessing import Process, Value


def make_counter(start=0):
    return Value("q", start)


def increment(counter, by=1):
    # Value locks itself
    counter.value += by
    return counter.value


def get(counter):
    return counter.value


def loop(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [Process(target=loop, args=(counter, n)) for _ in range(workers)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return get(counter)
