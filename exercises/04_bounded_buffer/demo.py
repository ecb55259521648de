"""The third way that the course notes announce, and what a monitor is for.

Run it with ``python exercises/04_bounded_buffer/demo.py``. The first part is the notes' counter, with
a monitor in place of the lock. The second part is a buffer for one item, with `if` before its waits
and then with `while`. What gets stuck is left alone after some seconds.
"""

import platform
import threading
from collections import deque
from multiprocessing import Condition, Process, Value
from typing import Any

# The counter of the notes, as they have it for a lock and a semaphore, with a monitor.


def increment_in_monitor(shared_counter: Any, monitor: Any) -> None:
    """Add 1 to the shared counter 100,000 times, inside the monitor."""
    for _ in range(100_000):
        with monitor:
            shared_counter.value += 1


def third_way() -> None:
    """Two processes, one counter, one monitor."""
    counter = Value("i", 0)
    monitor = Condition()
    p1 = Process(target=increment_in_monitor, args=(counter, monitor))
    p2 = Process(target=increment_in_monitor, args=(counter, monitor))
    p1.start()
    p2.start()
    p1.join()
    p2.join()
    print(f"Final counter value with monitor (Condition): {counter.value}")


# A buffer for one item. Closing is left out.


class Buffer:
    """One place, one condition, and a notify after every change, as in the stub."""

    def __init__(self, looks_again: bool) -> None:
        self._looks_again = looks_again
        self._items: deque[Any] = deque()
        self._changed = threading.Condition()
        self.most = 0  # items inside at once
        self.waiting: dict[str, str] = {}  # what each thread that waits has called

    def _wait(self, what: str) -> None:
        me = threading.current_thread().name
        self.waiting[me] = what
        self._changed.wait()
        del self.waiting[me]

    def put(self, item: Any) -> None:
        """Wait while there is an item inside, then add one."""
        with self._changed:
            if self._looks_again:
                while len(self._items) == 1:
                    self._wait("put")
            elif len(self._items) == 1:
                self._wait("put")
            self._items.append(item)
            self.most = max(self.most, len(self._items))
            self._changed.notify()

    def get(self) -> Any:
        """Wait while there is nothing inside, then take the item."""
        with self._changed:
            if self._looks_again:
                while not self._items:
                    self._wait("get")
            elif not self._items:
                self._wait("get")
            item = self._items.popleft()
            self._changed.notify()
            return item


def traffic(looks_again: bool, pairs: int) -> None:
    """`pairs` threads put 1,000 items each, as many get them; at most three seconds."""
    buffer = Buffer(looks_again)
    got: list[Any] = []

    def put() -> None:
        for item in range(1_000):
            buffer.put(item)

    def get() -> None:
        for _ in range(1_000):
            got.append(buffer.get())

    threads = [threading.Thread(target=work, daemon=True) for work in [put, get] * pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=3 / len(threads))
    wait = "while" if looks_again else "if"
    print(f"`{wait}`, {pairs} + {pairs} threads: {len(got)} of {pairs * 1_000} items arrived, "
          f"at most {buffer.most} inside at once")  # fmt: skip
    if any(thread.is_alive() for thread in threads):
        print(f"    and now they wait for ever: {', '.join(sorted(buffer.waiting.values()))}")


if __name__ == "__main__":
    print(f"Python {platform.python_version()}")
    third_way()
    traffic(looks_again=False, pairs=1)
    traffic(looks_again=False, pairs=2)
    traffic(looks_again=True, pairs=2)
    print(
        "A monitor is a lock and a place to wait. For a counter the lock is enough. Who waits\n"
        "must look again after waking up, since somebody else may have been faster; and the one\n"
        "who is woken must be one who can go on, or the signal is lost."
    )
