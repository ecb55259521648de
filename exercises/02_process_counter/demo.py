"""The process counter of the course notes.

Run it with ``python exercises/02_process_counter/demo.py``, several times.
"""

import platform
from multiprocessing import Process, Value
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized


def increment(shared_counter: "Synchronized[int]") -> None:
    """Add 1 to the shared counter 100,000 times."""
    for _ in range(100000):
        shared_counter.value += 1


if __name__ == "__main__":
    print(f"Python {platform.python_version()}")
    # A value in shared memory
    counter = Value("i", 0)
    # Make the processes
    process1 = Process(target=increment, args=(counter,))
    process2 = Process(target=increment, args=(counter,))
    # Start the processes
    process1.start()
    process2.start()
    # Wait until the processes have ended
    process1.join()
    process2.join()
    print(f"Expected counter value: 200000, Actual counter value: {counter.value}")
    print(
        "`shared_counter.value += 1` is a read and then a write. Each of the two is safe by\n"
        "itself, but between them the other process can write, and that write is overwritten."
    )
