import threading

_lock = threading.RLock()
_owner = None
_stack = []
_handled = 0


def handle(user, work):
    global _owner, _handled
    with _lock:
        _owner = threading.get_ident()
        _stack.append((user, []))
        try:
            return work()
        finally:
            _stack.pop()
            _handled += 1
            if not _stack:
                _owner = None


def _mine():
    return _stack[-1] if _owner == threading.get_ident() else None


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
    return _handled
