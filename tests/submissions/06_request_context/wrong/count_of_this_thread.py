import threading


class _Local(threading.local):
    def __init__(self):
        self.user = None
        self.notes = None
        self.handled = 0


_local = _Local()


def handle(user, work):
    outer = _local.user, _local.notes
    _local.user, _local.notes = user, []
    try:
        return work()
    finally:
        _local.user, _local.notes = outer
        _local.handled += 1


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
    return _local.handled
