import threading
from typing import NamedTuple


class Empty(NamedTuple):
    """Nobody is at it."""


class Running(NamedTuple):
    thread: threading.Thread


class Full(NamedTuple):
    result: object


class Once:
    """Immutable states, taken apart by match and exchanged under one condition."""

    def __init__(self, func):
        self._func = func
        self._changed = threading.Condition()
        self._state = Empty()

    def _claim(self):
        with self._changed:
            while True:
                match self._state:
                    case Full():
                        return False
                    case Running(thread=thread) if thread is threading.current_thread():
                        raise RuntimeError("already running")
                    case Running():
                        self._changed.wait()
                    case Empty():
                        self._state = Running(threading.current_thread())
                        return True

    def get(self):
        if self._claim():
            after = Empty()
            try:
                after = Full(self._func())
            finally:
                with self._changed:
                    self._state = after
                    self._changed.notify_all()
        return self._state.result

    @property
    def done(self):
        return isinstance(self._state, Full)
