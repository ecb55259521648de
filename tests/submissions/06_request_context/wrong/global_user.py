import threading

_user = None
_notes = None
_handled = 0
_lock = threading.Lock()


def handle(user, work):
    global _user, _notes, _handled
    outer = _user, _notes
    _user, _notes = user, []
    try:
        return work()
    finally:
        _user, _notes = outer
        with _lock:
            _handled += 1


def current_user():
    return _user


def note(text):
    if _notes is None:
        raise RuntimeError("no request")
    _notes.append(text)


def notes():
    return list(_notes or [])


def handled_count():
    with _lock:
        return _handled
