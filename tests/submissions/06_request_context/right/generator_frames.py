"""A request is a generator: it stands still while the work runs, and puts things back when closed."""

import queue
import threading

_top = threading.local()
_count = queue.Queue(maxsize=1)
_count.put(0)


def _request(user):
    notes = []
    outer = getattr(_top, "asked", None)
    _top.asked = {"user": lambda: user, "notes": lambda: list(notes), "note": notes.append}
    try:
        yield
    finally:
        _top.asked = outer
        _count.put(_count.get() + 1)


def handle(user, work):
    request = _request(user)
    next(request)
    try:
        return work()
    finally:
        request.close()


def current_user():
    asked = getattr(_top, "asked", None)
    return asked and asked["user"]()


def note(text):
    asked = getattr(_top, "asked", None)
    if not asked:
        raise RuntimeError("no request")
    asked["note"](text)


def notes():
    asked = getattr(_top, "asked", None)
    return asked["notes"]() if asked else []


def handled_count():
    count = _count.get()
    _count.put(count)
    return count
