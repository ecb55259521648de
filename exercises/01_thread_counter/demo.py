"""The thread counter of the course notes, and the same counter behind a property.

Run it with ``python exercises/01_thread_counter/demo.py``.
"""

import platform
import threading

# The program of the notes, as it stands there.

counter = 0


def increment() -> None:
    """Add 1 to the global counter 100,000 times."""
    global counter
    for _ in range(100_000):
        counter += 1


def notes() -> None:
    """Two threads, one global counter."""
    thread1 = threading.Thread(target=increment)
    thread2 = threading.Thread(target=increment)
    thread1.start()
    thread2.start()
    thread1.join()
    thread2.join()
    print(f"Expected counter value: 200000, Actual counter value: {counter}")


# The same statement on an attribute that happens to be a property.


class Odometer:
    """Kilometres driven; a property, as any attribute may become one day."""

    def __init__(self) -> None:
        self._km = 0

    @property
    def km(self) -> int:
        """The kilometres driven so far."""
        return self._km

    @km.setter
    def km(self, km: int) -> None:
        self._km = km


def drive(odometer: Odometer) -> None:
    """Add 1 to the odometer 1,000,000 times."""
    for _ in range(1_000_000):
        odometer.km += 1


def behind_a_property() -> None:
    """Two threads, one odometer."""
    odometer = Odometer()
    threads = [threading.Thread(target=drive, args=(odometer,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"Expected odometer value: 2000000, Actual odometer value: {odometer.km}")


if __name__ == "__main__":
    print(f"Python {platform.python_version()}")
    notes()
    behind_a_property()
    print(
        "Both programs read, add and write in separate steps, and the GIL does not join them.\n"
        "Since 3.10, CPython takes the GIL from a running thread only at calls and at the end of\n"
        "a loop round. `counter += 1` happens to have no such place between its read and its\n"
        "write; where the attribute is a property, the read and the write are calls."
    )
