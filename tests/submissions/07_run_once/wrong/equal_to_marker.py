import threading

MISSING = object()


class Once:
    def __init__(self, func):
        self.func = func
        self.lock = threading.Lock()
        self.owner = None
        self.result = MISSING

    def get(self):
        if self.owner == threading.get_ident():
            raise RuntimeError("recursive get()")
        with self.lock:
            if self.result == MISSING:
                self.owner = threading.get_ident()
                try:
                    self.result = self.func()
                finally:
                    self.owner = None
            return self.result

    @property
    def done(self):
        return self.result is not MISSING
