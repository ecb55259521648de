"""Token ring: each station copies its neighbour's value, whether it is its turn or not.

Source: SCTBench (`CS/token_ring_bad`, from SV-COMP), with three stations there.
"""

import threading

from in_threads import run


class Bug:
    """The first station adds one to the last station's value; each other one copies."""

    def __init__(self, stations):
        self.values = list(range(stations))
        self.lock = threading.Lock()
        self.turns = [threading.Semaphore(0) for _ in range(stations)]

    def pass_on(self, station):
        with self.lock:
            left = self.values[station - 1]
            self.values[station] = left if station else left + 1

    def threads(self):
        return [lambda station=station: self.pass_on(station) for station in range(len(self.turns))]

    def check(self):
        assert len(set(self.values)) == 1


class Fixed(Bug):
    """A station waits for the token, and passes it on."""

    def __init__(self, stations):
        super().__init__(stations)
        self.turns[0].release()

    def pass_on(self, station):
        self.turns[station].acquire()
        super().pass_on(station)
        self.turns[(station + 1) % len(self.turns)].release()


def bug(stations=3):
    """A station has copied a value that its neighbour then changed."""
    run(Bug(stations))


def fixed(stations=3):
    """All have the same value."""
    run(Fixed(stations))
