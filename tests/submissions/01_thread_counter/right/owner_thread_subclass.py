import threading
from collections import deque


class _Job:
    __slots__ = ("by", "result", "error", "finished")

    def __init__(self, by):
        self.by = by
        self.result = None
        self.error = None
        self.finished = threading.Event()


class _Clerk(threading.Thread):
    """Works off one job after the other."""

    def __init__(self, start):
        super().__init__(name="clerk", daemon=True)
        self.total = start
        self._inbox = deque()
        self._something_to_do = threading.Condition()

    def hand_in(self, job):
        with self._something_to_do:
            self._inbox.append(job)
            self._something_to_do.notify()
        job.finished.wait()
        if job.error:
            raise job.error
        return job.result

    def run(self):
        while True:
            with self._something_to_do:
                while not self._inbox:
                    self._something_to_do.wait()
                job = self._inbox.popleft()
            self.work_on(job)
            job.finished.set()

    def work_on(self, job):
        if job.by is None:  # None means: reset
            job.result = self.total
            self.total = 0
            return
        try:
            if not isinstance(job.by, int):
                raise TypeError(f"{job.by!r} is not an int")
            self.total += job.by
            job.result = self.total
        except Exception as error:
            job.error = error


class Counter:
    def __init__(self, start=0):
        self._clerk = _Clerk(start)
        self._clerk.start()

    def increment(self, by=1):
        if by is None:
            raise TypeError("None is not an int")
        return self._clerk.hand_in(_Job(by))

    @property
    def value(self):
        return self._clerk.total

    def reset(self):
        return self._clerk.hand_in(_Job(None))
