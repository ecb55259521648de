"""A ProcessPoolExecutor whose initializer hands the counter to its workers."""
import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor

_mine = None


def make_counter(start=0): return mp.Value("q", start)


def increment(counter, by=1):
    with counter:
        counter.value += by
        return counter.value


def get(counter): return counter.value


def _init(counter):
    global _mine
    _mine = counter


def _go(n):
    for _ in range(n): increment(_mine)


def count_in_processes(workers, n):
    c = make_counter()
    if workers:
        with ProcessPoolExecutor(workers, initializer=_init, initargs=(c,)) as pool:
            list(pool.map(_go, [n] * workers))
    return get(c)
