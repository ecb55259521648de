# attack: patching
# verdict: fail exception
# A module that makes up every name that it is asked for, says that it is controlled, and comes from elsewhere.
import threading

_controlled_ = True
__file__ = "grader/engine/execution.py"
__name__ = "grader.scenario"
__path__ = []
__all__ = ["Counter", "in_threads", "attempt"]


def __getattr__(name):
    return lambda *functions: [function() for function in functions]


def in_threads(*functions):
    return [function() for function in functions]


class Counter:
    _controlled_ = True
    __module__ = "grader.engine.execution"

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
