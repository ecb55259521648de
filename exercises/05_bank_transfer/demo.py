"""The two locks of the course notes.

Run it with ``python exercises/05_bank_transfer/demo.py``. The notes' program never ends; this one
makes the threads daemons, looks where they stand after three seconds, and ends.
"""

import platform
import sys
import threading
import time
import traceback

# Locks for two resources
lock1 = threading.Lock()
lock2 = threading.Lock()


def thread1_work() -> None:
    """Take lock1, then lock2, again and again."""
    while True:
        with lock1:
            print("Thread 1 has acquired lock1")
            time.sleep(1)
            with lock2:
                print("Thread 1 has acquired lock2")
                print("Thread 1 is done")


def thread2_work() -> None:
    """Take lock2, then lock1, again and again."""
    while True:
        with lock2:
            print("Thread 2 has acquired lock2")
            time.sleep(1)
            with lock1:
                print("Thread 2 has acquired lock1")
                print("Thread 2 is done")


def where(thread: threading.Thread) -> str:
    """Return the line that the thread is executing now, as text."""
    frame = sys._current_frames()[thread.ident or 0]
    line = traceback.extract_stack(frame)[-1]
    return f"line {line.lineno}: {line.line}"


if __name__ == "__main__":
    print(f"Python {platform.python_version()}")
    t1 = threading.Thread(target=thread1_work, daemon=True)
    t2 = threading.Thread(target=thread2_work, daemon=True)
    t1.start()
    t2.start()
    t1.join(timeout=3)
    t2.join(timeout=0)
    print(f"Thread 1 is stuck in {where(t1)}")
    print(f"Thread 2 is stuck in {where(t2)}")
    print(
        "Each thread holds the lock that the other one waits for, and neither lets go: deadlock.\n"
        "The sleeps only make it certain. Without them it happens just the same, only not every\n"
        "time: how often depends on the machine, its load and where the output goes."
    )
