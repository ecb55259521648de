"""A gate that lets a limited number of jobs run at the same time."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Gate:
    """Lets at most ``limit`` jobs run at the same time; a ``limit`` below 1 raises ``ValueError``.

    ``active`` is how many jobs are running now, ``peak`` the greatest number that were ever
    running at the same moment, ``done`` how many have ended, by returning or by raising. All three
    are exact, and reading them, by a running job too, never waits for a job to end. Gates are
    independent objects.
    """

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        self.active = 0
        self.peak = 0
        self.done = 0
        self._places = threading.Semaphore(limit)
        self._counts = threading.Lock()

    def run(self, job: Callable[[], T]) -> T:
        """Wait for a free place, call ``job()`` once, give the place back, return its result.

        If ``job()`` raises, the place is given back as well, and the exception reaches the
        caller. Whenever fewer than ``limit`` jobs run and callers are waiting, one more gets in.
        A job does not call ``run`` of its own gate.

        While the job runs, it is counted in ``active`` and ``peak``; when this method has returned
        or raised, it is no longer counted in ``active`` and is counted in ``done``.
        """
        with self._places:
            with self._counts:
                self.active += 1
                self.peak = max(self.peak, self.active)
            try:
                return job()
            finally:
                with self._counts:
                    self.active -= 1
                    self.done += 1
