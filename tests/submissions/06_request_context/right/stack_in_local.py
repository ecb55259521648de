import threading

_local = threading.local()
_count = 0
_count_lock = threading.Lock()


class Request:
    def __init__(self, user):
        self.user = user
        self.notes = []


def _stack():
    try:
        return _local.stack
    except AttributeError:
        _local.stack = []
        return _local.stack


def handle(user, work):
    global _count
    stack = _stack()
    stack.append(Request(user))
    try:
        return work()
    finally:
        stack.pop()
        with _count_lock:
            _count += 1


def current_user():
    stack = _stack()
    return stack[-1].user if stack else None


def note(text):
    stack = _stack()
    if not stack:
        raise RuntimeError("no request")
    stack[-1].notes.append(text)


def notes():
    stack = _stack()
    return stack[-1].notes[:] if stack else []


def handled_count():
    return _count
