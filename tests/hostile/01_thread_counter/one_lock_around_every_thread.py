# attack: patching
# verdict: fail lost-update
# score: 3
# Every thread takes one great lock before it begins: the counter itself has none.
import threading

everything = threading.RLock()


def run(self):
    with everything:
        self._target(*self._args, **self._kwargs)


for name, value in {"run": run, "_bootstrap_inner": run, "_bootstrap": run}.items():
    try:
        setattr(threading.Thread, name, value)
    except Exception:
        pass


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
