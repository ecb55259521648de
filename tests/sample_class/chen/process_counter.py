import multiprocessing


def make_counter(start=0):
    return multiprocessing.Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


def work(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = []
    for _ in range(workers):
        process = multiprocessing.Process(target=work, args=(counter, n))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return get(counter)
