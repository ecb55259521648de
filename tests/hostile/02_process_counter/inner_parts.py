# attack: unmodelled
# verdict: fail forbidden
# Uses the inner parts of `multiprocessing`: its pipes, its spawning, its resource tracker.
from multiprocessing import Process, Value, util
import multiprocessing.popen_fork
import multiprocessing.resource_tracker
import multiprocessing.spawn
import _multiprocessing

lock = _multiprocessing.SemLock(1, 1, 1, "/racecourse-hostile", True)


def make_counter(start=0):
    return Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


def _count(counter, n):
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
