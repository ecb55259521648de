"""Lock order: each part of a program calls the next one while it holds its own lock, in a circle.

Source: D. Lea: Concurrent programming in Java, section 2.2.5 (resource ordering) and J. Bloch:
Effective Java, "avoid excessive synchronization" (a call to the outside under a lock).
"""

import threading

from in_threads import run


class Part:
    """A part of a program; it tells the next one what happens here."""

    def __init__(self):
        self.lock = threading.Lock()
        self.next = None
        self.events = 0
        self.heard = 0

    def happen(self):
        with self.lock:
            self.events += 1
            self.next.hear()

    def happen_politely(self):
        with self.lock:
            self.events += 1
        self.next.hear()

    def hear(self):
        with self.lock:
            self.heard += 1


class Bug:
    """A cache tells the log, the log tells the database, and the database the cache."""

    def __init__(self, parts):
        self.parts = [Part() for _ in range(parts)]
        for before, part in zip([self.parts[-1], *self.parts], self.parts, strict=False):
            before.next = part

    def threads(self):
        return [part.happen for part in self.parts]

    def check(self):
        assert all(part.events == part.heard == 1 for part in self.parts)


class Fixed(Bug):
    """Nobody holds a lock while it calls another part."""

    def threads(self):
        return [part.happen_politely for part in self.parts]


def bug(parts=3):
    """Each holds its lock and waits for the next one's."""
    run(Bug(parts))


def fixed(parts=3):
    """Everybody hears of everything."""
    run(Fixed(parts))
