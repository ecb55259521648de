import threading
import weakref


class _Cell:
    def __init__(self):
        self.ended = 0


_lock = threading.Lock()
_cells = weakref.WeakSet()


class _Local(threading.local):
    def __init__(self):
        self.user = None
        self.notes = None
        self.cell = _Cell()
        with _lock:
            _cells.add(self.cell)


_local = _Local()


def handle(user, work):
    outer = _local.user, _local.notes
    _local.user, _local.notes = user, []
    try:
        return work()
    finally:
        _local.user, _local.notes = outer
        _local.cell.ended += 1


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
        return sum(cell.ended for cell in _cells)
