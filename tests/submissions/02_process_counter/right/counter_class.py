import multiprocessing as mp


class SharedCounter:
    def __init__(self, start):
        self._raw = mp.Value("q", start, lock=False)
        self._lock = mp.Lock()

    def add(self, by):
        with self._lock:
            self._raw.value += by
            return self._raw.value

    def add_many(self, n):
        for _ in range(n):
            increment(self)

    @property
    def value(self):
        with self._lock:
            return self._raw.value


def make_counter(start=0):
    return SharedCounter(start)


def increment(counter, by=1):
    return counter.add(by)


def get(counter):
    return counter.value


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [mp.Process(target=counter.add_many, args=[n]) for _ in range(workers)]
    [p.start() for p in processes]
    [p.join() for p in processes]
    return counter.value
