# attack: unmodelled
# verdict: fail forbidden
# Starts its workers without `multiprocessing`, where nobody counts them.
import os
from multiprocessing import Value


def make_counter(start=0):
    return Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


def count_in_processes(workers, n):
    counter = make_counter()
    children = []
    for _ in range(workers):
        child = os.fork()
        if child == 0:
            for _ in range(n):
                increment(counter)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return get(counter)
