import multiprocessing
import weakref
from multiprocessing.shared_memory import ShareableList


class _Cell:
    """One number in shared memory and its lock. Can be sent to other processes."""

    __slots__ = ("cells", "lock", "__weakref__")

    def __init__(self, cells, lock):
        self.cells = cells
        self.lock = lock

    def __reduce__(self):
        return _Cell, (self.cells, self.lock)


def _clean_up(cells, pid):
    if multiprocessing.current_process().pid == pid:
        cells.shm.close()
        cells.shm.unlink()


def make_counter(start=0):
    cell = _Cell(ShareableList([int(start)]), multiprocessing.Lock())
    weakref.finalize(cell, _clean_up, cell.cells, multiprocessing.current_process().pid)
    return cell


def increment(counter, by=1):
    if not isinstance(by, int):
        raise TypeError("by must be an int")
    with counter.lock:
        counter.cells[0] += by
        return counter.cells[0]


def get(counter):
    with counter.lock:
        return counter.cells[0]


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
