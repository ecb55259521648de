import multiprocessing


class Counter:
    def __init__(self, start):
        self.manager = multiprocessing.Manager()
        self.value = self.manager.Value("q", start)
        self.lock = self.manager.Lock()

    def __getstate__(self):
        # the manager itself stays in the process that made it
        return self.value, self.lock

    def __setstate__(self, state):
        self.manager = None
        self.value, self.lock = state


def make_counter(start=0):
    return Counter(start)


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    with counter.lock:
        new = counter.value.get() + by
        counter.value.set(new)
    return new


def get(counter):
    with counter.lock:
        return counter.value.get()


def run(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    with counter.manager:
        processes = [multiprocessing.Process(target=run, args=(counter, n)) for _ in range(workers)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return get(counter)
