import threading

_local = threading.local()
_lock = threading.Lock()
_notes = {}
_handled = 0


def handle(user, work):
    global _handled
    outer = getattr(_local, "request", None)
    _local.request = (user,)
    with _lock:
        before = _notes.get(user)
        _notes[user] = []
    try:
        return work()
    finally:
        _local.request = outer
        with _lock:
            _notes[user] = before
            _handled += 1


def current_user():
    request = getattr(_local, "request", None)
    return request[0] if request else None


def note(text):
    request = getattr(_local, "request", None)
    if request is None:
        raise RuntimeError("no request")
    with _lock:
        _notes[request[0]].append(text)


def notes():
    request = getattr(_local, "request", None)
    if request is None:
        return []
    with _lock:
        return list(_notes[request[0]])


def handled_count():
    with _lock:
        return _handled
