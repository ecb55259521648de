from multiprocessing import Pipe, Process


def make_counter(start=0):
    r, w = Pipe(False)
    w.send(start)
    return r, w


def increment(counter, by=1):
    r, w = counter
    w.send(n := r.recv() + by)
    return n


def get(counter): return increment(counter, 0)


def _go(counter, n):
    for _ in range(n): increment(counter)


def count_in_processes(workers, n):
    c = make_counter()
    ps = [Process(target=_go, args=(c, n)) for _ in range(workers)]
    for p in ps: p.start()
    for p in ps: p.join()
    return get(c)
