import threading

_local = threading.local()
_changed = threading.Condition()
_running = 0
_handled = 0


def handle(user, work):
    global _running, _handled
    outer = getattr(_local, "user", None), getattr(_local, "notes", None)
    _local.user, _local.notes = user, []
    with _changed:
        _running += 1
    try:
        return work()
    finally:
        _local.user, _local.notes = outer
        with _changed:
            _running -= 1
            _handled += 1
            _changed.notify_all()


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
    with _changed:
        while _running > 0:  # while a request runs, the number is not final
            _changed.wait()
        return _handled
