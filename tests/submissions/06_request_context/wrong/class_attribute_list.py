import threading


class _Local(threading.local):
    user = None
    notes = []
    begin = None  # where the notes of the current request begin


_local = _Local()
_lock = threading.Lock()
_handled = 0


def handle(user, work):
    global _handled
    outer = _local.user, _local.begin
    _local.user, _local.begin = user, len(_local.notes)
    try:
        return work()
    finally:
        del _local.notes[_local.begin:]
        _local.user, _local.begin = outer
        with _lock:
            _handled += 1


def current_user():
    return _local.user


def note(text):
    if _local.begin is None:
        raise RuntimeError("no request")
    _local.notes.append(text)


def notes():
    return [] if _local.begin is None else _local.notes[_local.begin:]


def handled_count():
    with _lock:
        return _handled
