import collections
import threading
import types


class Once:
    """Callers stand in a line; only the first of it may look, and sends the next one forward."""

    def __init__(self, func):
        self._func = func
        self._line = collections.deque()
        self._guard = threading.Lock()
        self._kept = types.SimpleNamespace()

    def get(self):
        me = threading.current_thread()
        ticket = threading.Semaphore(0)
        with self._guard:
            if self._line and self._line[0][0] is me:
                raise RuntimeError("the first of the line came once more")
            self._line.append((me, ticket))
            if len(self._line) == 1:
                ticket.release()
        ticket.acquire()
        try:
            if not self.done:
                self._kept.result = self._func()
            return self._kept.result
        finally:
            with self._guard:
                self._line.popleft()
                if self._line:
                    self._line[0][1].release()

    @property
    def done(self):
        return hasattr(self._kept, "result")
