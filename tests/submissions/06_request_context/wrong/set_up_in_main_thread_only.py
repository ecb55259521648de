import threading

_local = threading.local()
_local.user = None
_local.notes = None
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
        with _lock:
            _handled += 1


def current_user():
    return _local.user


def note(text):
    if _local.notes is None:
        raise RuntimeError("no request")
    _local.notes.append(text)


def notes():
    return list(_local.notes or [])


def handled_count():
    with _lock:
        return _handled
