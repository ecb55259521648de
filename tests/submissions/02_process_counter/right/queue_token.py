import multiprocessing


class Box:
    """Holds one number. To change it you have to take it out."""

    def __init__(self, number):
        self.queue = multiprocessing.Queue(maxsize=1)
        self.queue.put(number)

    def change(self, function):
        number = self.queue.get()
        try:
            number = function(number)
        finally:
            self.queue.put(number)
        return number


def make_counter(start=0):
    return Box(start)


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    return counter.change(lambda number: number + by)


def get(counter):
    return counter.change(lambda number: number)


def work(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    processes = [multiprocessing.Process(target=work, args=(counter, n)) for _ in range(workers)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return get(counter)
