import multiprocessing


def _owner(number, requests, other_end):
    """The one process that has the number. It ends when nobody can ask any more."""
    other_end.close()
    while True:
        try:
            by = requests.recv()
        except EOFError:
            break
        number += by
        requests.send(number)


class _Counter:
    def __init__(self, start):
        self.line, owners_line = multiprocessing.Pipe()
        self.lock = multiprocessing.Lock()
        owner = multiprocessing.Process(target=_owner, args=(start, owners_line, self.line), daemon=True)
        owner.start()
        owners_line.close()

    def ask(self, by):
        # one question at a time, and each one gets its own answer
        with self.lock:
            self.line.send(by)
            return self.line.recv()


def make_counter(start=0):
    return _Counter(start)


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    return counter.ask(int(by))


def get(counter):
    return counter.ask(0)


def _work(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [multiprocessing.Process(target=_work, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)
