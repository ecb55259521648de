import functools
import threading


class Once:
    def __init__(self, func):
        self._func = func
        self._inside = threading.local()

    @functools.cached_property
    def _result(self):
        return self._func()

    def get(self):
        if getattr(self._inside, "yes", False):
            raise RuntimeError("func called get()")
        self._inside.yes = True
        try:
            return self._result
        finally:
            self._inside.yes = False

    @property
    def done(self):
        return "_result" in self.__dict__
