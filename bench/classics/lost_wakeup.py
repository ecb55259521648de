"""Lost wake-up: the signal comes before the wait, and nobody remembers it.

Source: the pattern `lost notify` of E. Farchi, Y. Nir, S. Ur (IPDPS 2003).
"""

import threading

from in_threads import run


class Bug:
    """One thread waits for what the other makes."""

    def __init__(self):
        self.result = None
        self.ready = threading.Condition()
        self.received = None

    def wait(self):
        with self.ready:
            self.ready.wait()
            self.received = self.result

    def signal(self):
        with self.ready:
            self.result = 42
            self.ready.notify()

    def threads(self):
        return [self.wait, self.signal]

    def check(self):
        assert self.received == 42


class Fixed(Bug):
    """Who waits looks first whether there is anything to wait for."""

    def wait(self):
        with self.ready:
            while self.result is None:
                self.ready.wait()
            self.received = self.result


def bug():
    """The one waits for ever."""
    run(Bug())


def fixed():
    """The result arrives."""
    run(Fixed())
