"""How every program of this folder runs: a thread for each of its parts, then its check."""

import threading


def run(program):
    """Start a thread for each of the program's parts, wait for all of them, and check."""
    threads = [threading.Thread(target=part) for part in program.threads()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    program.check()
