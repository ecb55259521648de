"""A counter that several processes share."""

from multiprocessing import Process, Value
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized


def make_counter(start: int = 0) -> "Synchronized[int]":
    """Make a counter that several processes share, with the value ``start``.

    It can be given as an argument to ``multiprocessing.Process`` and holds any value between
    -2**60 and 2**60. Several counters may exist at once and are independent.
    """
    counter: Synchronized[int] = Value("q", start)
    return counter


def increment(counter: "Synchronized[int]", by: int = 1) -> int:
    """Add the int ``by`` and return the value right after this very addition.

    No addition is lost, and while the counter only grows no two calls, in whatever process,
    return the same number.
    """
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter: "Synchronized[int]") -> int:
    """Return the value of the counter now."""
    return counter.value


def count_in_processes(workers: int, n: int) -> int:
    """Count to ``workers * n`` on a new counter and return its final value.

    Each of ``workers`` processes calls ``increment`` ``n`` times. Returns when all of them have
    ended, however long they take.
    """
    counter = make_counter()
    processes = [Process(target=_count, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)


def _count(counter: "Synchronized[int]", n: int) -> None:
    for _ in range(n):
        increment(counter)
