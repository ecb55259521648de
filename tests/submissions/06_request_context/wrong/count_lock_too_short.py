import threading

_local = threading.local()
_lock = threading.Lock()
_handled = 0


def handle(user, work):
    outer = getattr(_local, "user", None), getattr(_local, "notes", None)
    _local.user, _local.notes = user, []
    try:
        return work()
    finally:
        _local.user, _local.notes = outer
        _set_count(handled_count() + 1)


def current_user():
    return getattr(_local, "user", None)


def note(text):
    mine = getattr(_local, "notes", None)
    if mine is None:
        raise RuntimeError("no request")
    mine.append(text)


def notes():
    return list(getattr(_local, "notes", None) or [])


def _set_count(count):
    global _handled
    with _lock:
        _handled = count


def handled_count():
    with _lock:
        return _handled
