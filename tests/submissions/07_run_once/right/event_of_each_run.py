import threading


class _Run:
    def __init__(self):
        self.thread = threading.current_thread()
        self.over = threading.Event()


class Once:
    """Waits for the run that is under way, then looks again."""

    def __init__(self, func):
        self.func = func
        self.lock = threading.Lock()
        self.run = None
        self.outcome = None

    def get(self):
        while self.outcome is None:
            with self.lock:
                run = self.run
                if run is None and self.outcome is None:
                    mine = self.run = _Run()
                else:
                    mine = None
            if mine is not None:
                try:
                    self.outcome = [self.func()]
                finally:
                    with self.lock:
                        self.run = None
                    mine.over.set()
            elif run is not None:
                if run.thread is threading.current_thread():
                    raise RuntimeError("recursion")
                run.over.wait()
        return self.outcome[0]

    @property
    def done(self):
        return self.outcome is not None
