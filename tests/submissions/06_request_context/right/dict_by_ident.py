"""All requests in one dict, by the ident of the thread; an entry is there only during a request."""

import threading

_lock = threading.Lock()
_requests = {}
_handled = 0


def handle(user, work):
    global _handled
    me = threading.get_ident()
    with _lock:
        outer = _requests.get(me)
        _requests[me] = {"user": user, "notes": []}
    try:
        return work()
    finally:
        with _lock:
            if outer is None:
                del _requests[me]
            else:
                _requests[me] = outer
            _handled += 1


def _mine():
    with _lock:
        return _requests.get(threading.get_ident())


def current_user():
    request = _mine()
    return request["user"] if request else None


def note(text):
    request = _mine()
    if request is None:
        raise RuntimeError("outside a request")
    request["notes"].append(text)


def notes():
    request = _mine()
    return list(request["notes"]) if request else []


def handled_count():
    with _lock:
        return _handled
