import threading


class Once:
    """A semaphore of one, and a mark in each thread that is inside."""

    def __init__(self, func):
        self.f = func
        self.sem = threading.BoundedSemaphore(1)
        self.here = threading.local()
        self.ok = threading.Event()

    def get(self):
        if self.ok.is_set():
            return self.value
        if getattr(self.here, "inside", False):
            raise RuntimeError("Once.get() is not re-entrant")
        with self.sem:
            if not self.ok.is_set():
                self.here.inside = True
                try:
                    self.value = self.f()
                finally:
                    self.here.inside = False
                self.ok.set()
        return self.value

    @property
    def done(self):
        return self.ok.is_set()
