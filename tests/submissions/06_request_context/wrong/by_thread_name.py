import threading

_lock = threading.Lock()
_requests = {}
_handled = 0


def handle(user, work):
    global _handled
    me = threading.current_thread().name
    with _lock:
        outer = _requests.get(me)
        _requests[me] = (user, [])
    try:
        return work()
    finally:
        with _lock:
            if outer is None:
                _requests.pop(me, None)
            else:
                _requests[me] = outer
            _handled += 1


def _mine():
    with _lock:
        return _requests.get(threading.current_thread().name)


def current_user():
    mine = _mine()
    return mine[0] if mine else None


def note(text):
    mine = _mine()
    if mine is None:
        raise RuntimeError("no request")
    mine[1].append(text)


def notes():
    mine = _mine()
    return list(mine[1]) if mine else []


def handled_count():
    with _lock:
        return _handled
