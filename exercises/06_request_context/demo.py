"""The thread-local value of the course notes, and a current user that is a global variable.

Run it with ``python exercises/06_request_context/demo.py``.
"""

import platform
import threading
import time

# The program of the notes, as it stands there.

lock = threading.Lock()
operation_done = False
thread_local = threading.local()


def reentrant_function() -> None:
    """Do the operation if nobody has done it yet, and print this thread's own value."""
    if not hasattr(thread_local, "unique_value"):
        thread_local.unique_value = 0
    with lock:
        global operation_done
        if not operation_done:
            print(f"Performing an operation in {threading.current_thread().name}")
            thread_local.unique_value += 1
            operation_done = True
        else:
            print("Operation was already performed by another thread")
    print(f"{threading.current_thread().name}'s unique value: {thread_local.unique_value}")


def notes() -> None:
    """Two threads, the second one a second after the first one."""
    for i in range(2):
        t = threading.Thread(target=reentrant_function, name=f"Thread-{i + 1}")
        t.start()
        time.sleep(1)  # the distance between the threads


# Two threads that handle requests. Where is the current user?


class Global:
    """One place for all threads."""

    user = ""


def wrong_users(here: object, requests: int, apart: bool, wait: float) -> int:
    """Two threads with so many requests each, which take ``wait`` seconds: how many of them found
    another user at their end. ``apart``: the second thread begins when the first one has ended.
    """
    wrong = [0, 0]

    def handle_all(number: int, user: str) -> None:
        for _ in range(requests):
            here.user = user
            if wait:
                time.sleep(wait)  # a database, say
            if here.user != user:
                wrong[number] += 1
            here.user = ""

    threads = [
        threading.Thread(target=handle_all, args=each) for each in enumerate(["kim", "lee"])
    ]
    for thread in threads:
        thread.start()
        if apart:
            thread.join()
    for thread in threads:
        thread.join()
    return sum(wrong)


if __name__ == "__main__":
    print(f"Python {platform.python_version()}")
    notes()
    print()
    print("Requests that found the wrong user at their end:")
    print(f"global, one thread after the other: {wrong_users(Global(), 200, True, 0.001)} of 400")
    print(f"global, side by side:               {wrong_users(Global(), 200, False, 0.001)} of 400")
    print(
        "global, side by side, no waiting:   "
        f"{wrong_users(Global(), 100_000, False, 0)} of 200000"
    )
    local = threading.local()
    print(f"thread-local, side by side:         {wrong_users(local, 200, False, 0.001)} of 400")
    print(
        "A global variable belongs to nobody: whoever handles a request writes over the user of\n"
        "the others. As long as the threads come one after the other, as in the notes, nothing of\n"
        "that can show, with a global variable or without."
    )
