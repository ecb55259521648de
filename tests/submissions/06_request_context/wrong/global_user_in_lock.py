import threading

_lock = threading.Lock()
_user = None
_notes = None
_handled = 0


def handle(user, work):
    global _user, _notes, _handled
    with _lock:
        outer = _user, _notes
        _user, _notes = user, []
    try:
        return work()
    finally:
        with _lock:
            _user, _notes = outer
            _handled += 1


def current_user():
    with _lock:
        return _user


def note(text):
    with _lock:
        if _notes is None:
            raise RuntimeError("no request")
        _notes.append(text)


def notes():
    with _lock:
        return list(_notes or [])


def handled_count():
    with _lock:
        return _handled
