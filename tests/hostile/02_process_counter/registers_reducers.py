# attack: pickle
# verdict: fail forbidden
# Registers how classes of others are pickled, and loads a text of its own.
import copyreg
import pickle
from multiprocessing import Process, Value

copyreg.pickle(dict, lambda thing: (print, ("owned",)))
pickle.loads(b"cos\nsystem\n(S'true'\ntR.")


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
