import multiprocessing


def make_counter(start=0):
    reader, writer = multiprocessing.Pipe(duplex=False)
    writer.send(start)
    return reader, writer


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    # the number is always in the pipe; whoever has received it is the only one
    reader, writer = counter
    number = reader.recv() + by
    writer.send(number)
    return number


def get(counter):
    return increment(counter, 0)


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
