import threading

_local = threading.local()
_lock = threading.Lock()
_handled = 0


def handle(user, work):
    global _handled
    outer = getattr(_local, "user", None), getattr(_local, "notes", None)
    _local.user, _local.notes = user, []
    try:
        return work()
    finally:
        _local.user, _local.notes = outer
        if outer[1] is None:
            with _lock:
                _handled += 1


def current_user():
    return getattr(_local, "user", None)


def note(text):
    mine = getattr(_local, "notes", None)
    if mine is None:
        raise RuntimeError("no request")
    mine.append(text)


def notes():
    return list(getattr(_local, "notes", None) or [])


def handled_count():
    with _lock:
        return _handled
