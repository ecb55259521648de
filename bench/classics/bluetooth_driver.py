"""Bluetooth driver: a request looks whether the driver stops, and only then says that it is there.

Source: S. Qadeer, D. Wu: KISS: keep it simple and sequential, PLDI 2004; also in CHESS and SCTBench
(`CS/bluetooth_driver_bad`).
"""

import threading

from in_threads import run


class Bug:
    """One thread stops the driver while others send requests to it."""

    def __init__(self, requests):
        self.requests = requests
        self.stopping = False
        self.stopped = False
        self.pending = 1  # requests, and one for the driver itself
        self.lock = threading.Lock()  # makes changes of `pending` atomic
        self.nothing_pending = threading.Event()

    def enter(self):
        if self.stopping:
            return False
        with self.lock:
            self.pending += 1
        return True

    def leave(self):
        with self.lock:
            self.pending -= 1
            last = self.pending == 0
        if last:
            self.nothing_pending.set()

    def request(self):
        if self.enter():
            assert not self.stopped
            self.leave()

    def stop(self):
        self.stopping = True
        self.leave()
        self.nothing_pending.wait()
        self.stopped = True

    def threads(self):
        return [self.stop] + [self.request] * self.requests

    def check(self):
        assert self.stopped


class Fixed(Bug):
    """A request says that it is there, and then looks."""

    def enter(self):
        with self.lock:
            self.pending += 1
        if self.stopping:
            self.leave()
            return False
        return True


def bug(requests=1):
    """A request works with a driver that has stopped."""
    run(Bug(requests))


def fixed(requests=1):
    """The driver stops after the last request."""
    run(Fixed(requests))
