import threading

_lock = threading.Lock()
_stack = []
_handled = 0


def handle(user, work):
    global _handled
    with _lock:
        _stack.append((user, []))
    try:
        return work()
    finally:
        with _lock:
            _stack.pop()
            _handled += 1


def current_user():
    with _lock:
        return _stack[-1][0] if _stack else None


def note(text):
    with _lock:
        if not _stack:
            raise RuntimeError("no request")
        _stack[-1][1].append(text)


def notes():
    with _lock:
        return list(_stack[-1][1]) if _stack else []


def handled_count():
    with _lock:
        return _handled
