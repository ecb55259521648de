import threading


class Once:
    """A generator is the machine: each step of it is one attempt, and it ends up repeating itself."""

    def __init__(self, func):
        self._turn = threading.Lock()
        self._steps = self._machine(func)
        self._at_work = threading.local()
        self.done = False

    def _machine(self, func):
        while not self.done:
            try:
                result = func()
            except BaseException as error:
                yield False, error
            else:
                self.done = True
        while True:
            yield True, result

    def get(self):
        if getattr(self._at_work, "now", False):
            raise RuntimeError("func has called get()")
        with self._turn:
            self._at_work.now = True
            try:
                good, what = next(self._steps)
            finally:
                self._at_work.now = False
        if good:
            return what
        raise what
