import multiprocessing
import struct
import weakref
from multiprocessing.shared_memory import SharedMemory


def _remove(memory, pid):
    if multiprocessing.current_process().pid == pid:
        memory.close()
        memory.unlink()


class _Counter:
    def __init__(self, start):
        self.memory = SharedMemory(create=True, size=8)
        struct.pack_into("q", self.memory.buf, 0, start)
        weakref.finalize(self, _remove, self.memory, multiprocessing.current_process().pid)


def make_counter(start=0):
    return _Counter(start)


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    new = get(counter) + by
    struct.pack_into("q", counter.memory.buf, 0, new)
    return new


def get(counter):
    return struct.unpack_from("q", counter.memory.buf)[0]


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
