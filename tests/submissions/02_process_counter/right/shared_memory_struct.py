import multiprocessing
import struct
import weakref
from multiprocessing.shared_memory import SharedMemory

_FORMAT = struct.Struct("<q")


def _remove(memory, maker):
    # a forked child has a copy of the counter, but the memory is not the child's
    if multiprocessing.current_process().pid == maker:
        memory.close()
        memory.unlink()


class _Counter:
    def __init__(self, start):
        self.lock = multiprocessing.Lock()
        self.memory = SharedMemory(create=True, size=_FORMAT.size)
        self.write(start)
        weakref.finalize(self, _remove, self.memory, multiprocessing.current_process().pid)

    def read(self):
        (number,) = _FORMAT.unpack_from(self.memory.buf)
        return number

    def write(self, number):
        _FORMAT.pack_into(self.memory.buf, 0, number)


def make_counter(start=0):
    return _Counter(start)


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    with counter.lock:
        number = counter.read() + by
        counter.write(number)
        return number


def get(counter):
    with counter.lock:
        return counter.read()


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
