"""The thread safety program of the course notes, and what it does not show.

Run it with ``python exercises/07_run_once/demo.py``.
"""

import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable

# The program of the notes, as it stands there.

# A lock for mutual exclusion
lock = threading.Lock()

# The "atomic operation": a simple flag
operation_done = False

# Storage of which every thread has its own
thread_local = threading.local()


def reentrant_function() -> None:
    """Perform the operation, unless it has been performed already."""
    # Set a value in the thread's own storage. Every thread has its own unique_value.
    if not hasattr(thread_local, "unique_value"):
        thread_local.unique_value = 0

    # The lock guarantees mutual exclusion.
    with lock:
        # The atomic operation (here simply looking at a flag)
        global operation_done
        if not operation_done:
            print(f"Performing an operation in {threading.current_thread().name}")
            thread_local.unique_value += 1
            operation_done = True
        else:
            print("Operation was already performed by another thread")

    # Every thread has the right result of its own.
    print(f"{threading.current_thread().name}'s unique value: {thread_local.unique_value}")


def start_thread() -> None:
    """Start two threads, one second apart."""
    for i in range(2):
        t = threading.Thread(target=reentrant_function, name=f"Thread-{i + 1}")
        t.start()
        time.sleep(1)  # between two threads


# The same check of the same kind of flag without the lock, by two threads that do overlap.


class Operation:
    """Something that is to be performed once, and takes ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.done = False
        self.times: list[str] = []
        self.gate = threading.Barrier(2)

    def perform_once(self) -> None:
        """Perform it, unless it has been performed already."""
        self.gate.wait()  # both threads are here
        if not self.done:
            if self.seconds:
                time.sleep(self.seconds)
            self.times.append(threading.current_thread().name)
            self.done = True


def performed_twice(seconds: float, rounds: int) -> int:
    """Return in how many rounds both of two threads performed the operation."""
    twice = 0
    for _ in range(rounds):
        operation = Operation(seconds)
        threads = [threading.Thread(target=operation.perform_once) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        twice += len(operation.times) == 2
    return twice


# A function like that of the notes, entered once more by the thread that is inside.


def call_while_holding(function: Callable[[], None]) -> None:
    """Call the function while the lock is held, as an operation that needs itself would."""
    with lock:
        function()


def where(thread: threading.Thread) -> str:
    """Return the line of this file that the thread is executing now, as text."""
    frame = sys._current_frames()[thread.ident or 0]
    line = traceback.extract_stack(frame)[-1]
    return f"line {line.lineno}: {line.line}"


if __name__ == "__main__":
    print(f"Python {platform.python_version()}")
    start_thread()
    print()
    for seconds, rounds in ((0.0, 1_000), (0.001, 50)):
        twice = performed_twice(seconds, rounds)
        print(f"Without the lock, an operation of {seconds * 1000:g} ms: "
              f"performed twice in {twice} of {rounds} rounds")  # fmt: skip
    again = threading.Thread(target=call_while_holding, args=(reentrant_function,), daemon=True)
    again.start()
    again.join(timeout=2)
    print(f"Entered again by the thread that holds the lock: stuck in {where(again)}")
    print(
        "\nThe four lines of the notes prove nothing: with a second between the starts, the threads\n"
        "never meet, and the same lines would come without the lock. What makes the check and the\n"
        "set one step is the lock. Storing True is one step by itself, but it is not the problem.\n"
        "And the function is thread-safe, not re-entrant: its lock keeps out its own thread, too."
    )
