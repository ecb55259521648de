# attack: patching
# verdict: fail lost-update
# score: 3
# A hook for uncaught exceptions that swallows them, and one that raises another.
import threading
import warnings


def hook(arguments):
    raise SystemExit(0)


threading.excepthook = hook
warnings.showwarning = lambda *args, **kwargs: None
warnings.simplefilter("ignore")


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        old, self._value = self._value, 0
        return old
