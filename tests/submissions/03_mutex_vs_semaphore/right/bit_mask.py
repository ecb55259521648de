from threading import Condition


class Gate:
    """The places are bits of a number; a job takes the lowest that is 0."""

    __slots__ = ("_all", "_bits", "_cond", "_ended", "_most")

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._all = (1 << limit) - 1
        self._bits = 0
        self._most = 0
        self._ended = 0
        self._cond = Condition()

    def run(self, job):
        with self._cond:
            self._cond.wait_for(lambda: self._bits != self._all)
            mine = ~self._bits & (self._bits + 1)
            self._bits |= mine
            self._most |= mine
        try:
            return job()
        finally:
            with self._cond:
                self._bits ^= mine
                self._ended += 1
                self._cond.notify()

    active = property(lambda self: self._bits.bit_count())
    peak = property(lambda self: self._most.bit_count())
    done = property(lambda self: self._ended)
