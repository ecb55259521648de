import threading
from contextlib import ExitStack
from dataclasses import dataclass, field


@dataclass(eq=False)
class Gate:
    limit: int
    active: int = field(default=0, init=False)
    peak: int = field(default=0, init=False)
    done: int = field(default=0, init=False)
    _counting: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self):
        if self.limit < 1:
            raise ValueError(f"limit must be at least 1, but is {self.limit}")
        self._free = threading.BoundedSemaphore(self.limit)

    def _come(self):
        with self._counting:
            self.active += 1
            self.peak = max(self.peak, self.active)

    def _go(self):
        with self._counting:
            self.active -= 1
            self.done += 1

    def run(self, job):
        with ExitStack() as stack:
            stack.enter_context(self._free)
            self._come()
            stack.callback(self._go)
            return job()
