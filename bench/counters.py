"""The program whose schedules `make bench` counts as it grows: threads that count under a lock."""

import threading


def model(threads, operations):
    """So many threads, each with so many locked increments; no schedule fails."""
    lock = threading.Lock()
    value = 0

    def count():
        nonlocal value
        for _ in range(operations):
            with lock:
                value += 1

    running = [threading.Thread(target=count) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert value == threads * operations
