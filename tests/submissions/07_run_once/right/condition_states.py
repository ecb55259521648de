import enum
import threading


class State(enum.Enum):
    NEW = "new"
    RUNNING = "running"
    READY = "ready"


class Once:
    """A monitor: the state belongs to the condition's lock, func runs outside of it."""

    def __init__(self, func):
        self.func = func
        self.state = State.NEW
        self.changed = threading.Condition()
        self.runner = None
        self.result = None

    def get(self):
        with self.changed:
            while self.state is State.RUNNING:
                if self.runner is threading.current_thread():
                    raise RuntimeError("recursive get()")
                self.changed.wait()
            if self.state is State.READY:
                return self.result
            self.state = State.RUNNING
            self.runner = threading.current_thread()
        try:
            result = self.func()
        except BaseException:
            self._leave(State.NEW)
            raise
        self._leave(State.READY, result)
        return result

    def _leave(self, state, result=None):
        with self.changed:
            self.result = result
            self.state = state
            self.runner = None
            self.changed.notify_all()

    @property
    def done(self):
        return self.state is State.READY
