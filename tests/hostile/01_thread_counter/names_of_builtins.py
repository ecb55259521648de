# attack: patching
# verdict: fail lost-update
# score: 3
# Variables with the names of builtins, and of whatever the rewritten code may call.
import threading

isinstance = lambda thing, cls: True
len = abs = sorted = min = max = lambda *args, **kwargs: 0
id = hash = lambda thing: 1
getattr = lambda thing, name, *default: None
__debug__ and None


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
