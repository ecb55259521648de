"""The program that `make bench` explores: two threads, three increments each, under a lock.

It is right, so no search stops early; and it has exactly 20 outcomes that matter, the orders in
which the six increments can happen (6! / (3! 3!)). `Recorder` tells which order a run took. What is
timed is the plain `Counter`.
"""

import threading


class Counter:
    """A counter that is right under every schedule."""

    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def increment(self):
        """Add one."""
        with self.lock:
            self.value += 1


class Recorder(Counter):
    """The same, and it notes who incremented when."""

    def __init__(self):
        super().__init__()
        self.order = ""

    def increment_as(self, name):
        """Add one, and say who did."""
        with self.lock:
            self.value += 1
            self.order += name


def three_increments(counter):
    """What each of the two threads does when time is taken."""
    for _ in range(3):
        counter.increment()


def three_as_a(recorder):
    """What the first thread does when orders are counted."""
    for _ in range(3):
        recorder.increment_as("a")


def three_as_b(recorder):
    """What the second thread does when orders are counted."""
    for _ in range(3):
        recorder.increment_as("b")


def in_two_threads(counter, first, second):
    """Run both functions on the counter in a thread each, and see that nothing was lost."""
    threads = [threading.Thread(target=target, args=(counter,)) for target in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.value == 6


def model():
    """The whole program, as it is timed."""
    in_two_threads(Counter(), three_increments, three_increments)


def recorded_model():
    """The whole program, returning the order of the increments, such as 'aabbab'."""
    recorder = Recorder()
    in_two_threads(recorder, three_as_a, three_as_b)
    return recorder.order
