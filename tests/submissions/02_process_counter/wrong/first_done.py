import multiprocessing


def make_counter(start=0):
    return multiprocessing.Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    with counter.get_lock():
        return counter.value


def _work(counter, n, done):
    for _ in range(n):
        increment(counter)
    done.set()


def count_in_processes(workers, n):
    counter = make_counter()
    done = multiprocessing.Event()
    processes = [multiprocessing.Process(target=_work, args=(counter, n, done)) for _ in range(workers)]
    for process in processes:
        process.start()
    if processes:
        done.wait()
    return get(counter)
