import functools
import threading


class Once:
    def __init__(self, func):
        self._inside = threading.local()
        self._run = functools.cache(func)
        self.done = False

    def get(self):
        if getattr(self._inside, "yes", False):
            raise RuntimeError("func called get()")
        self._inside.yes = True
        try:
            result = self._run()
        finally:
            self._inside.yes = False
        self.done = True
        return result
