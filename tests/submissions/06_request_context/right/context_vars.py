from contextvars import ContextVar
from threading import Lock

_user = ContextVar("user", default=None)
_notes = ContextVar("notes")
_ended = 0
_lock = Lock()


def handle(user, work):
    global _ended
    user_token = _user.set(user)
    notes_token = _notes.set([])
    try:
        return work()
    finally:
        _notes.reset(notes_token)
        _user.reset(user_token)
        with _lock:
            _ended += 1


def current_user():
    return _user.get()


def note(text):
    try:
        here = _notes.get()
    except LookupError:
        raise RuntimeError("note() outside of a request") from None
    here.append(text)


def notes():
    return list(_notes.get([]))


def handled_count():
    with _lock:
        return _ended
