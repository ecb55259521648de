import threading
import time

_owner = None
_stack = []
_lock = threading.Lock()
_handled = 0


def handle(user, work):
    global _owner, _handled
    me = threading.get_ident()
    while _owner not in (None, me):
        time.sleep(0.01)
    _owner = me
    _stack.append((user, []))
    try:
        return work()
    finally:
        _stack.pop()
        if not _stack:
            _owner = None
        with _lock:
            _handled += 1


def _mine():
    return _stack[-1] if _stack and _owner == threading.get_ident() else None


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
