# attack: ending
# verdict: fail wrong-result
# score: 13
# The children end at once with the status of success.
from multiprocessing import Process, Value


def make_counter(start=0):
    return Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


def _count(counter, n):
    raise SystemExit(0)
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [Process(target=_count, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)
