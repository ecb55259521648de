"""The three counters of the course notes, and a fourth one that they leave out.

Run it with ``python exercises/03_mutex_vs_semaphore/demo.py``.
"""

import platform
from collections.abc import Callable
from contextlib import AbstractContextManager
from multiprocessing import get_context
from typing import Any

# "fork", as the default was on Linux when the notes were written; where there is none, "spawn".
try:
    context: Any = get_context("fork")
except ValueError:
    context = get_context("spawn")


def increment_without_sync(shared_counter: Any) -> None:
    """Add 1 to the shared counter 100,000 times."""
    for _ in range(100_000):
        shared_counter.value += 1


def increment_with(shared_counter: Any, guard: AbstractContextManager[Any]) -> None:
    """The same, with the lock or the semaphore held around each addition."""
    for _ in range(100_000):
        with guard:
            shared_counter.value += 1


def count(target: Callable[..., None], *guard: Any) -> int:
    """Two processes run the target on a new counter; its value in the end."""
    counter = context.Value("i", 0)
    p1 = context.Process(target=target, args=(counter, *guard))
    p2 = context.Process(target=target, args=(counter, *guard))
    p1.start()
    p2.start()
    p1.join()
    p2.join()
    value: int = counter.value
    return value


if __name__ == "__main__":
    print(f"Python {platform.python_version()}")
    print(f"Final counter value without synchronization: {count(increment_without_sync)}")
    print(f"Final counter value with mutex (Lock): {count(increment_with, context.Lock())}")
    print(f"Final counter value with semaphore: {count(increment_with, context.Semaphore(2))}")
    print(f"The same with Semaphore(1): {count(increment_with, context.Semaphore(1))}")
    print(
        "The notes conclude that a semaphore cannot fully prevent a race. But Semaphore(2) did what\n"
        "it was asked for: it has two permits, there are two processes, so nobody ever waited.\n"
        "A semaphore limits how many are inside. Only a limit of one is mutual exclusion."
    )
