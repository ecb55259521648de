"""The request is kept on the Thread object itself."""

import threading


class _Count:
    def __init__(self):
        self._n = 0
        self._changed = threading.Condition()

    def up(self):
        with self._changed:
            self._n += 1
            self._changed.notify_all()

    def __int__(self):
        with self._changed:
            return self._n


_count = _Count()


def _request():
    return getattr(threading.current_thread(), "request", None)


def handle(user, work):
    thread = threading.current_thread()
    outer = _request()
    thread.request = {"user": user, "notes": []}
    try:
        return work()
    finally:
        thread.request = outer
        _count.up()


def current_user():
    request = _request()
    return None if request is None else request["user"]


def note(text):
    request = _request()
    if request is None:
        raise RuntimeError("note outside a request")
    request["notes"] += [text]


def notes():
    request = _request()
    return [] if request is None else request["notes"][:]


def handled_count():
    return int(_count)
