import multiprocessing


def make_counter(start=0):
    reader, writer = multiprocessing.Pipe(duplex=False)
    writer.send(start)
    return multiprocessing.Lock(), reader, writer


def increment(counter, by=1):
    lock, reader, writer = counter
    with lock:
        value = reader.recv()
        new = value
        try:
            if not isinstance(by, int):
                raise TypeError("by must be an int")
            new = value + by
            return new
        finally:
            writer.send(new)


def get(counter):
    return increment(counter, 0)


def _child(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    counter = make_counter()
    children = []
    for _ in range(workers):
        child = multiprocessing.Process(target=_child, args=(counter, n))
        children.append(child)
        child.start()
    for child in children:
        child.join()
    return get(counter)
