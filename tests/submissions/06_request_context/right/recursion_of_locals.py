"""Each request has a threading.local of its own in which only its thread has set anything."""

import threading

_lock = threading.Lock()
_requests = set()
_ended = 0


class _Request(threading.local):
    depth = 0

    def __init__(self, depth, user):
        if threading.get_ident() == self.owner_of(depth, user):
            self.depth = depth
            self.user = user
            self.notes = []

    @staticmethod
    def owner_of(depth, user):
        return threading.get_ident() if depth else None


_mine = threading.local()


def handle(user, work):
    global _ended
    outer = getattr(_mine, "request", None)
    request = _Request((outer.depth if outer else 0) + 1, user)
    with _lock:
        _requests.add(request)
    _mine.request = request
    try:
        return work()
    finally:
        if outer is None:
            del _mine.request
        else:
            _mine.request = outer
        with _lock:
            _requests.discard(request)
            _ended += 1


def current_user():
    try:
        return _mine.request.user
    except AttributeError:
        return None


def note(text):
    request = getattr(_mine, "request", None)
    if request is None:
        raise RuntimeError("There is no request in this thread.")
    request.notes.append(text)


def notes():
    request = getattr(_mine, "request", None)
    return sorted(request.notes, key=lambda text: 0) if request else []


def handled_count():
    with _lock:
        return _ended
