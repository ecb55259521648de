import multiprocessing


def make_counter(start=0):
    return {
        "value": multiprocessing.Value("q", start, lock=False),
        "semaphore": multiprocessing.Semaphore(1),
    }


def increment(counter, by=1):
    with counter["semaphore"]:
        counter["value"].value += by
        new = counter["value"].value
    return new


def get(counter):
    return counter["value"].value


def count(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter(0)
    processes = []
    for _ in range(workers):
        processes.append(multiprocessing.Process(target=count, args=(counter, n)))
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return get(counter)
