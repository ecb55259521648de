"""One object whose bound methods are the module's functions."""

from threading import BoundedSemaphore, local


class _Frame:
    __slots__ = ("_app", "_before", "notes", "user")

    def __init__(self, app, user):
        self._app = app
        self.user = user
        self.notes = ()

    def __enter__(self):
        self._before = self._app.top
        self._app.top = self
        return self

    def __exit__(self, *_):
        self._app.top = self._before
        self._app.one_more()


class _App(local):
    top = None

    # these are shared: the class is one for all threads
    _handled = 0
    _permit = BoundedSemaphore()

    def one_more(self):
        with _App._permit:
            _App._handled += 1

    def handle(self, user, work):
        with _Frame(self, user):
            return work()

    def current_user(self):
        return self.top.user if self.top is not None else None

    def note(self, text):
        if self.top is None:
            raise RuntimeError("no current request")
        self.top.notes += (text,)

    def notes(self):
        return list(self.top.notes) if self.top is not None else []

    def handled_count(self):
        return _App._handled


_app = _App()
handle = _app.handle
current_user = _app.current_user
note = _app.note
notes = _app.notes
handled_count = _app.handled_count
