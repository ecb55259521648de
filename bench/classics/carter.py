"""Carter: who comes first locks the room, and holds the mutex while it waits for that.

Source: SCTBench (`CS/carter01_bad`, from SV-COMP).
"""

import threading

from in_threads import run


class Bug:
    """Two groups use a room: the first of a group locks it, the last one unlocks it."""

    def __init__(self, members):
        self.members = members  # of each group
        self.inside = [0, 0]
        self.mutex = threading.Lock()  # protects both counts
        self.mutexes = [self.mutex, self.mutex]
        self.room = threading.Lock()
        self.user = None

    def enter(self, group):
        with self.mutexes[group]:
            self.inside[group] += 1
            if self.inside[group] == 1:
                self.room.acquire()

    def leave(self, group):
        with self.mutexes[group]:
            self.inside[group] -= 1
            if self.inside[group] == 0:
                self.room.release()

    def use(self, group):
        self.enter(group)
        self.user = group
        assert self.user == group
        self.leave(group)

    def threads(self):
        return [
            lambda group=group: self.use(group) for group in (0, 1) for _ in range(self.members)
        ]

    def check(self):
        assert self.inside == [0, 0]


class Fixed(Bug):
    """Each group has a mutex of its own, so who waits for the room stops nobody who is inside."""

    def __init__(self, members):
        super().__init__(members)
        self.mutexes = [threading.Lock(), threading.Lock()]


def bug(members=1):
    """One waits for the room, and its user for the mutex to leave it."""
    run(Bug(members))


def fixed(members=1):
    """Both groups come and go."""
    run(Fixed(members))
