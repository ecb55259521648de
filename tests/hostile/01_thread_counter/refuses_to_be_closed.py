# attack: ending
# verdict: fail exception
# score: 1
# A generator that refuses to be closed, and a context manager that swallows everything.
import contextlib


def stubborn():
    while True:
        try:
            yield
        except BaseException:
            pass


class Swallow:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._keeper = stubborn()
        next(self._keeper)

    def increment(self, by=1):
        with Swallow(), contextlib.suppress(BaseException):
            if not isinstance(by, int):
                raise TypeError
            self._keeper.throw(SystemExit)
            self._value += by
        self._keeper.close()
        return self._value

    value = property(lambda self: self._value)

    def reset(self):
        with Swallow():
            old, self._value = self._value, 0
        return old
