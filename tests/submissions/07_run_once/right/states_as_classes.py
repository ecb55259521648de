import threading


class _Open:
    """Nobody has the result yet."""

    done = False

    def get(self, once):
        if once.inside.get(threading.get_ident()):
            raise RuntimeError("func may not call get() of its own Once")
        with once.lock:
            if once.state is not self:
                return once.state.get(once)
            once.inside[threading.get_ident()] = True
            try:
                once.state = _Closed(once.func())
            finally:
                del once.inside[threading.get_ident()]
            return once.state.get(once)


class _Closed:
    """The result is there for good."""

    done = True

    def __init__(self, result):
        self.result = result

    def get(self, once):
        return self.result


class Once:
    """The state is an object that is replaced in one step."""

    def __init__(self, func):
        self.func = func
        self.lock = threading.Lock()
        self.inside = {}
        self.state = _Open()

    def get(self):
        return self.state.get(self)

    @property
    def done(self):
        return self.state.done
