import abc
import functools
import threading


class Guarded(abc.ABC):
    """A base class whose decorated methods exclude each other and refuse to be re-entered."""

    def __init__(self):
        self._turn = threading.Condition(threading.Lock())
        self._taken_by = None

    @staticmethod
    def alone(method):
        @functools.wraps(method)
        def wrapper(self, *args):
            me = threading.current_thread()
            with self._turn:
                if self._taken_by is me:
                    raise RuntimeError(f"{method.__name__}() is already running in this thread")
                self._turn.wait_for(lambda: self._taken_by is None)
                self._taken_by = me
            try:
                return method(self, *args)
            finally:
                with self._turn:
                    self._taken_by = None
                    self._turn.notify()

        return wrapper

    @property
    @abc.abstractmethod
    def done(self): ...


class Once(Guarded):
    def __init__(self, func):
        super().__init__()
        self._func = func
        self._result = NotImplemented
        self._done = False

    @Guarded.alone
    def get(self):
        if not self._done:
            self._result = self._func()
            self._done = True
        return self._result

    @property
    def done(self):
        return self._done
