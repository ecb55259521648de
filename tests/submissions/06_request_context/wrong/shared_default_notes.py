import threading
from contextvars import ContextVar

_user = ContextVar("user", default=None)
_notes = ContextVar("notes", default=[])
_inside = ContextVar("inside", default=False)
_lock = threading.Lock()
_handled = 0


def handle(user, work):
    global _handled
    tokens = [(_user, _user.set(user)), (_inside, _inside.set(True))]
    before = _notes.get()[:]
    _notes.get().clear()
    try:
        return work()
    finally:
        _notes.get()[:] = before
        for variable, token in tokens:
            variable.reset(token)
        with _lock:
            _handled += 1


def current_user():
    return _user.get()


def note(text):
    if not _inside.get():
        raise RuntimeError("no request")
    _notes.get().append(text)


def notes():
    return list(_notes.get()) if _inside.get() else []


def handled_count():
    with _lock:
        return _handled
