import multiprocessing
from multiprocessing import connection


class Worker(multiprocessing.Process):
    def __init__(self, counter, times):
        super().__init__()
        self.counter = counter
        self.times = times

    def run(self):
        for _ in range(self.times):
            increment(self.counter)


def make_counter(start=0):
    context = multiprocessing.get_context()
    return context.Value("q", start, lock=context.Lock())


def increment(counter, by=1):
    with counter.get_lock():
        new = counter.get_obj().value + by
        counter.get_obj().value = new
    return new


def get(counter):
    with counter:
        return counter.get_obj().value


def count_in_processes(workers, n):
    counter = make_counter()
    team = [Worker(counter, n) for _ in range(workers)]
    for worker in team:
        worker.start()
    # wait for whoever is ready first
    alive = {worker.sentinel: worker for worker in team}
    while alive:
        for sentinel in connection.wait(list(alive)):
            alive.pop(sentinel).join()
    return get(counter)
