import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._permits = threading.Semaphore(2)
        self._inside = threading.local()
        self._results = []

    def get(self):
        if getattr(self._inside, "yes", False):
            raise RuntimeError("func called get()")
        with self._permits:
            if not self._results:
                self._inside.yes = True
                try:
                    self._results.append(self._func())
                finally:
                    self._inside.yes = False
            return self._results[0]

    @property
    def done(self):
        return bool(self._results)
