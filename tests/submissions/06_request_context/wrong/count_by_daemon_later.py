import queue
import threading

_local = threading.local()
_ended = queue.Queue()
_handled = 0


def _count():
    global _handled
    while True:
        _ended.get()
        _handled += 1


threading.Thread(target=_count, daemon=True).start()


def handle(user, work):
    outer = getattr(_local, "user", None), getattr(_local, "notes", None)
    _local.user, _local.notes = user, []
    try:
        return work()
    finally:
        _local.user, _local.notes = outer
        _ended.put(user)


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
    return _handled
