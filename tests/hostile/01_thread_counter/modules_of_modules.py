# attack: reflection
# verdict: fail forbidden
# Modules have modules: goes from what may be imported to what may not.
import contextlib
import dataclasses
import logging
import random
import typing

system = dataclasses.sys
typing.sys.modules["grader.judge.protocol"].encode = None
random._os._exit(0)
logging.os.kill(logging.os.getppid(), 9)
contextlib.os._exit(0)


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
