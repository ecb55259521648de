# attack: reflection
# verdict: fail forbidden
# Imports everything that looks into a running interpreter.
import gc
import importlib
import inspect
import linecache
import sys

for thing in gc.get_objects():
    if type(thing).__name__ == "Execution":
        thing.perform = lambda *args, **kwargs: None
print(inspect.stack(), linecache.cache, sys.modules, importlib)


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
