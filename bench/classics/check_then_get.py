"""Check then get: a worker sees that the queue is not empty, and another one empties it.

Source: the warning in Python's documentation of `queue.Queue.empty`; check-then-act in B. Goetz:
Java concurrency in practice, 2006.
"""

import queue

from in_threads import run


class Bug:
    """Workers share out the jobs in a queue."""

    def __init__(self, workers, jobs):
        self.workers = workers
        self.jobs = queue.Queue()
        for job in range(jobs):
            self.jobs.put(job)
        self.expected = list(range(jobs))
        self.done = []

    def work(self):
        while not self.jobs.empty():
            self.done.append(self.jobs.get())

    def threads(self):
        return [self.work] * self.workers

    def check(self):
        assert sorted(self.done) == self.expected


class Fixed(Bug):
    """To look and to take are one operation."""

    def work(self):
        while True:
            try:
                job = self.jobs.get_nowait()
            except queue.Empty:
                return
            self.done.append(job)


def bug(workers=2, jobs=1):
    """A worker waits for ever for a job that another one has."""
    run(Bug(workers, jobs))


def fixed(workers=2, jobs=1):
    """Each job is done once."""
    run(Fixed(workers, jobs))
