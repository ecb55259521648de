import multiprocessing

lock = multiprocessing.Lock()


def make_counter(start=0):
    return multiprocessing.Value("q", start)


def increment(counter, by=1):
    with lock:
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


def do_work(counter, n):
    for i in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = []
    for i in range(workers):
        processes.append(multiprocessing.Process(target=do_work, args=(counter, n)))
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return counter.value
