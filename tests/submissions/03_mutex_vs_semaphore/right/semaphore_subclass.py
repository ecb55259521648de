import threading


class Gate(threading.Semaphore):
    """A gate is a semaphore that counts who passes."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        super().__init__(limit)
        self.counting = threading.Lock()
        self.active = 0
        self.peak = 0
        self.done = 0

    def __enter__(self):
        super().__enter__()
        with self.counting:
            self.active += 1
            self.peak = max(self.peak, self.active)
        return self

    def __exit__(self, *error):
        with self.counting:
            self.active -= 1
            self.done += 1
        super().__exit__(*error)

    def run(self, job):
        with self:
            return job()
